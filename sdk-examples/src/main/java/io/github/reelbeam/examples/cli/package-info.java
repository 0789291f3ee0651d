/**
 * The command line: {@code upload}, {@code resume}, {@code list}, {@code discard}, {@code demo},
 * {@code check-backend}.
 */
@NullMarked
package io.github.reelbeam.examples.cli;

import org.jspecify.annotations.NullMarked;
