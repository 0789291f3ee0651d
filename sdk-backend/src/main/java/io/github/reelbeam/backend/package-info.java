/**
 * The server side for JVM backends. {@link io.github.reelbeam.backend.UploadHandlers} answers the
 * three requests of the wire contract; it stands on {@link
 * io.github.reelbeam.backend.UploadGrantIssuer}, which hands out credentials for one object each,
 * and on {@link io.github.reelbeam.backend.AssetVerifier}, which looks whether a video is there.
 * {@link io.github.reelbeam.backend.BucketSetup} gets a bucket ready.
 *
 * <p>What holds for all types here, unless one says otherwise: sizes are in bytes; records and what
 * a builder has built are immutable and safe for use by several threads, builders are not; no
 * parameter and no result is null, unless it is marked {@code @Nullable}; a mistake of the caller
 * is an {@link IllegalArgumentException}; no message and no {@code toString()} holds a secret.
 */
@NullMarked
package io.github.reelbeam.backend;

import org.jspecify.annotations.NullMarked;
