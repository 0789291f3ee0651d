/** The command line, the demo and one small program per topic. */
@NullMarked
package io.github.reelbeam.examples;

import org.jspecify.annotations.NullMarked;
