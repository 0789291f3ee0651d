package io.github.reelbeam.credentials;

import io.github.reelbeam.GrantException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where grants come from. {@link HttpCredentialsFetcher} asks the app's backend over HTTP; an app
 * that talks to its backend in another way implements this itself.
 *
 * <p>The methods block, and are called from threads of the uploader, for several uploads at once:
 * an implementation must be safe for use by many threads, and should stop when its thread is
 * interrupted.
 */
public interface CredentialsFetcher {

  /**
   * Asks for leave to store a new object, under a key that no other object has.
   *
   * @throws GrantException if there is none; {@link GrantException#isResumable()} says whether
   *     asking later may help
   * @throws InterruptedException if the thread was interrupted
   */
  UploadGrant issue(Request request) throws InterruptedException;

  /**
   * Asks for fresh credentials for the same object.
   *
   * @throws GrantException if there are none, or the answer is for another object
   * @throws InterruptedException if the thread was interrupted
   */
  UploadGrant renew(Renewal renewal) throws InterruptedException;

  /**
   * A stable name of the backend behind this fetcher. A pending upload is gone on with only if it
   * belongs to the same backend. The class name by default.
   */
  default String backend() {
    return getClass().getName();
  }

  /**
   * Returns a fetcher that has one grant in hand: for using the uploader without a backend. It
   * cannot renew, so the upload has to end before the credentials do, and it serves one upload.
   */
  static CredentialsFetcher of(UploadGrant grant) {
    return new GrantInHand(grant);
  }

  /**
   * What the backend is told about the video before it gives leave.
   *
   * @param fileName the source's name
   * @param contentType the media type
   * @param size the size in bytes
   * @param metadata the user metadata
   */
  record Request(String fileName, String contentType, long size, Map<String, String> metadata) {

    /** Copies the metadata. */
    public Request {
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * For which object fresh credentials are wanted.
   *
   * @param bucket the bucket of the first grant
   * @param key the key of the first grant
   * @param token the last grant's renewal token, or null
   */
  record Renewal(String bucket, String key, @Nullable String token) {

    /** Checks that bucket and key are there. */
    public Renewal {
      Objects.requireNonNull(bucket, "bucket");
      Objects.requireNonNull(key, "key");
    }

    /** Shows the object; the token is left out. */
    @Override
    public String toString() {
      return "Renewal[" + bucket + "/" + key + "]";
    }
  }
}
