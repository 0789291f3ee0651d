/** A sample app: picks a video, uploads it, and goes on with it whatever becomes of the process. */
@NullMarked
package io.github.reelbeam.examples.android;

import org.jspecify.annotations.NullMarked;
