/** Tests of several modules at once, and against real stores. */
@NullMarked
package io.github.reelbeam.it;

import org.jspecify.annotations.NullMarked;
