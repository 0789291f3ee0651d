/** Uploads whose process is killed, in JVMs of their own. */
@NullMarked
package io.github.reelbeam.crash;

import org.jspecify.annotations.NullMarked;
