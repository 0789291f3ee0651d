package io.github.reelbeam.backend;

import java.util.Optional;

/**
 * The backend's own view of the bucket that clients upload to: {@link S3VideoBucket}, unless the
 * store speaks something else.
 *
 * <p>Implementations have to be safe for use by several threads.
 */
public interface VideoBucket {

  /** The bucket's name, as the grants give it. */
  String name();

  /**
   * Looks at an object.
   *
   * @return empty only if it is certain that there is none: a client that is told so sends the
   *     whole video again
   * @throws VerificationFailedException if the store could not be asked
   */
  Optional<StoredObject> find(String key);

  /**
   * Aborts the multipart uploads that are still open under exactly this key. A client that was
   * killed between the start of a multipart upload and its note of it cannot know of the upload,
   * and credentials for one key cannot list uploads.
   *
   * @return how many there were
   */
  int abortOpenUploads(String key);
}
