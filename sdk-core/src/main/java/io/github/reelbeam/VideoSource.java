package io.github.reelbeam;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The video's bytes, re-openable at any range.
 *
 * <p>An implementation must be safe for use by many threads: parts are read side by side, each
 * through a channel of its own.
 */
public interface VideoSource {

  /** The name told to the backend, such as {@code holiday.mp4}. Never part of the key. */
  String name();

  /**
   * A stable name of the source under which a later process finds the same bytes again: the file
   * URI for a file. It is written to the journal, so it holds no secret.
   */
  String reference();

  /**
   * The size in bytes. An upload takes 1 byte to 48.8 TiB: 10,000 parts of 5 GiB, S3's bounds.
   *
   * @throws IOException if the source is not there or cannot be read
   */
  long size() throws IOException;

  /**
   * When the source was last changed; together with size and samples of the content it tells
   * whether a later process still sees the same source.
   *
   * @throws IOException if the source is not there or cannot be read
   */
  Instant lastModified() throws IOException;

  /**
   * Opens the bytes for reading. Every call gives an independent channel at position 0; the caller
   * closes it.
   *
   * @throws IOException if the source is not there or cannot be read
   */
  SeekableByteChannel open() throws IOException;

  /** The file behind the source, if there is one. */
  default Optional<Path> path() {
    return Optional.empty();
  }

  /** Returns the source for a file. It is looked at when it is used, not here. */
  static VideoSource of(Path file) {
    return new FileSource(file);
  }
}
