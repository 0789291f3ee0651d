package io.github.reelbeam;

/**
 * Says when uploads may use the network: a video is not to go over a connection that costs by the
 * byte, or that is wanted for something else.
 *
 * <p>While it forbids them, uploads wait in the state {@link UploadState#WAITING} with the reason
 * {@link UploadListener.WaitReason#NETWORK_POLICY}, without spending attempts and however long it
 * takes; they can be paused and cancelled meanwhile. One that is under way drops the parts in
 * flight at once and keeps what S3 has confirmed. The backend is told of a stored video, and S3 of
 * a cancelled one, on any network: that is a few hundred bytes.
 *
 * <p>An implementation is safe for use by many threads, and answers at once. One for Android's
 * metered networks is in {@code reelbeam-android}.
 */
public interface NetworkPolicy {
  /** Whether uploads may use the network as it is now. */
  boolean allowsUploads();

  /**
   * Has the uploader look again whenever the answer may have become another.
   *
   * @param change to be called, by any thread; it returns at once
   * @return ends this when it is closed
   */
  Watch watch(Runnable change);

  /** Uploads may use any network: the default. */
  static NetworkPolicy any() {
    return AnyNetwork.INSTANCE;
  }

  /** That somebody is told of changes. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    /** Nothing more is called; may be called more than once. */
    @Override
    void close();
  }
}
