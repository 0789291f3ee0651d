/** The clients that are compared, each behind the same small interface and in a JVM of its own. */
@NullMarked
package io.github.reelbeam.benchmarks.contestants;

import org.jspecify.annotations.NullMarked;
