package io.github.reelbeam;

import java.io.IOException;
import java.util.Optional;

/**
 * Finds a source again by the name under which it is in the journal: what {@link
 * VideoUploader#resumeAll()} and {@link VideoUploader#resume} need for sources that are no files.
 *
 * <p>It is called by the thread that resumes, and is safe for use by many of them.
 */
@FunctionalInterface
public interface SourceResolver {
  /**
   * Finds a source. It need not be looked at yet: what is missing or has changed is found out when
   * the upload goes on.
   *
   * @param reference what {@link VideoSource#reference()} gave
   * @return the source; empty if this resolver does not know such references, which are taken for a
   *     file's then
   * @throws IOException if it cannot be had now: the upload stays pending
   */
  Optional<VideoSource> resolve(String reference) throws IOException;
}
