package io.github.reelbeam.notify;

import io.github.reelbeam.NotificationException;
import io.github.reelbeam.VideoAsset;

/**
 * How the backend learns of a stored asset. {@link HttpAssetNotifier} tells it over HTTP; an app
 * that talks to its backend in another way implements this itself.
 *
 * <p>The method blocks, and is called from threads of the uploader, for several uploads at once: an
 * implementation must be safe for use by many threads, and should stop when its thread is
 * interrupted.
 */
@FunctionalInterface
public interface AssetNotifier {

  /**
   * Tells the backend. The same asset may be told more than once, after a crash or a lost answer:
   * {@link VideoAsset#uploadId()} is the idempotency key by which the backend knows it again.
   *
   * @return the backend's answer as JSON; an empty string if it had none
   * @throws NotificationException if the backend has not taken it; {@link
   *     NotificationException#isResumable()} says whether telling it later may help
   * @throws InterruptedException if the thread was interrupted
   */
  String notify(VideoAsset asset) throws InterruptedException;

  /** Returns a notifier that tells nobody: for using the uploader without a backend. */
  static AssetNotifier none() {
    return asset -> "";
  }
}
