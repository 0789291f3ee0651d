/** Reelbeam on Android: sources, network policies, threads and files as Android has them. */
@NullMarked
package io.github.reelbeam.android;

import org.jspecify.annotations.NullMarked;
