package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.VideoSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file that the transfer manager is shown. It can resume uploads of files only, and looks at
 * nothing but length and time of last change, for every part's body is replaced. For a source that
 * is no file it gets an empty (sparse) one of the same length.
 */
final class StandInFile implements AutoCloseable {
  private final Path path;
  private final @Nullable Path temporary;

  private StandInFile(Path path, @Nullable Path temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  static StandInFile of(VideoSource source, long length) throws SourceReadException {
    if (source.path().isPresent()) {
      return new StandInFile(source.path().get(), null);
    }
    Path sparse = null;
    try {
      sparse = Files.createTempFile("reelbeam", ".length");
      try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
        file.setLength(length);
      }
      return new StandInFile(sparse, sparse);
    } catch (IOException e) {
      if (sparse != null) {
        new StandInFile(sparse, sparse).close();
      }
      throw new SourceReadException("no room for a temporary file", e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    if (temporary != null) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        temporary.toFile().deleteOnExit();
      }
    }
  }
}
