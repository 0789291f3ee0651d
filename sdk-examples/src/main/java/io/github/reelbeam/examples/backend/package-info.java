/**
 * An example of a backend on the JDK's own HTTP server and {@code reelbeam-backend}, to read and to
 * take from: {@link io.github.reelbeam.examples.backend.BackendServer} is where to begin.
 */
@NullMarked
package io.github.reelbeam.examples.backend;

import org.jspecify.annotations.NullMarked;
