/**
 * Holds a backend, in whatever language it is written, against the wire contract: {@code reelbeam
 * check-backend}. The list of what is checked is {@link
 * io.github.reelbeam.examples.conformance.Checks}.
 */
@NullMarked
package io.github.reelbeam.examples.conformance;

import org.jspecify.annotations.NullMarked;
