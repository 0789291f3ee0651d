@NullMarked
package io.github.reelbeam.benchmarks.server;

import org.jspecify.annotations.NullMarked;
