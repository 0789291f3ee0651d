/** Embedded servers for tests and for the demo. */
@NullMarked
package io.github.reelbeam.testservers;

import org.jspecify.annotations.NullMarked;
