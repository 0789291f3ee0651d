/**
 * Uploads video files straight to S3 and tells the app's backend about them. The way in is {@link
 * io.github.reelbeam.VideoUploader}.
 *
 * <p>What holds for all types here and in the packages beside it, unless one says otherwise:
 *
 * <ul>
 *   <li>Sizes are in bytes, rates in bytes per second; MiB and GiB are powers of two.
 *   <li>Records, and what a builder has built, are immutable and safe for use by many threads;
 *       builders are not, and belong to the thread that fills them.
 *   <li>No parameter and no result is null, unless it is marked {@code @Nullable} (the packages are
 *       {@code @NullMarked}).
 *   <li>A mistake of the caller is an {@link IllegalArgumentException} or an {@link
 *       IllegalStateException}, thrown at once. What goes wrong with an upload is an {@link
 *       io.github.reelbeam.UploadException}, all of whose leaves are unchecked.
 *   <li>No message, no {@code toString()} and no log line holds a secret.
 *   <li>Packages with {@code internal} in their names are not for use by others.
 * </ul>
 */
@NullMarked
package io.github.reelbeam;

import org.jspecify.annotations.NullMarked;
