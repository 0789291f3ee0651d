package io.github.reelbeam.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk, without waiting for it: nobody cuts the power here. */
final class UnforcedDisk implements Disk {
  private final Disk disk = new FileSystemDisk();

  @Override
  public NewFile create(Path file) throws IOException {
    NewFile made = disk.create(file);
    return new NewFile() {
      @Override
      public void write(byte[] bytes) throws IOException {
        made.write(bytes);
      }

      @Override
      public void force() {}

      @Override
      public void close() throws IOException {
        made.close();
      }
    };
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void force(Path folder) {}
}
