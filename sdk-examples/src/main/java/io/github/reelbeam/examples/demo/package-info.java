/** The whole flow with everything embedded: a store, a backend, a video, an upload. */
@NullMarked
package io.github.reelbeam.examples.demo;

import org.jspecify.annotations.NullMarked;
