/** A store that throws away what it is given, so that a benchmark measures its client. */
@NullMarked
package io.github.reelbeam.benchmarks.server;

import org.jspecify.annotations.NullMarked;
