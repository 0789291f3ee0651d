/** Part of the build: what lets the command line start fast. */
@NullMarked
package io.github.reelbeam.examples.launcher;

import org.jspecify.annotations.NullMarked;
