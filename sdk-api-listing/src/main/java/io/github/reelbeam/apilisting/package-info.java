/** Writes down what a published module promises, and holds the module to it in its tests. */
@NullMarked
package io.github.reelbeam.apilisting;

import org.jspecify.annotations.NullMarked;
