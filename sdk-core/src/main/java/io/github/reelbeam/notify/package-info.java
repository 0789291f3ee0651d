/**
 * How the app's backend learns of a stored asset: {@link
 * io.github.reelbeam.notify.HttpAssetNotifier} tells it over HTTP, and {@link
 * io.github.reelbeam.notify.AssetNotifier} is for apps that tell somebody else. What is said of
 * {@link io.github.reelbeam} as a whole holds here too.
 */
@NullMarked
package io.github.reelbeam.notify;

import org.jspecify.annotations.NullMarked;
