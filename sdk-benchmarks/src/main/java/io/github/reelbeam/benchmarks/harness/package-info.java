/** Runs the contestants beside each other, and writes down what they cost. */
@NullMarked
package io.github.reelbeam.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
