/** What the fuzzers have in common, and what runs them. */
@NullMarked
package io.github.reelbeam.fuzz;

import org.jspecify.annotations.NullMarked;
