/** Counting bytes, estimating the rate, and telling listeners. */
@NullMarked
package io.github.reelbeam.internal.progress;

import org.jspecify.annotations.NullMarked;
