/**
 * Reelbeam on Android (8.0 and later): sources, network policies, threads and files as Android has
 * them. The way in is {@link io.github.reelbeam.android.AndroidUploads}; everything else is in
 * {@link io.github.reelbeam}.
 */
@NullMarked
package io.github.reelbeam.android;

import org.jspecify.annotations.NullMarked;
