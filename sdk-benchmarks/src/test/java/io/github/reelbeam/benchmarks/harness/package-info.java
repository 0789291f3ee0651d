@NullMarked
package io.github.reelbeam.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
