package io.github.reelbeam;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/** A file as a source. */
final class FileSource implements VideoSource {
  private final Path file;

  FileSource(Path file) {
    // absolute, as a later process may have another working directory
    this.file = file.toAbsolutePath().normalize();
  }

  @Override
  public String name() {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }

  @Override
  public String reference() {
    return file.toUri().toString();
  }

  @Override
  public long size() throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder, not a file");
    }
    return Files.size(file);
  }

  @Override
  public Instant lastModified() throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }

  @Override
  public SeekableByteChannel open() throws IOException {
    return Files.newByteChannel(file, StandardOpenOption.READ);
  }

  @Override
  public Optional<Path> path() {
    return Optional.of(file);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
