package io.github.reelbeam.journal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The disk by way of the default file system. An interrupt ends none of its steps. */
final class FileSystemDisk implements Disk {

  @Override
  public NewFile create(Path file) throws IOException {
    OwnerOnly.create(file);
    return new OpenFile(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void force(Path folder) {
    try (InterruptShield shield = new InterruptShield()) {
      while (true) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          shield.absorb();
        } catch (IOException e) {
          return;
        }
      }
    }
  }

  private static final class OpenFile implements NewFile {
    // a stream and not a channel: an interrupt would close the channel in the middle
    private final FileOutputStream out;

    OpenFile(Path file) throws IOException {
      this.out = new FileOutputStream(file.toFile());
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      out.write(bytes);
    }

    @Override
    public void force() throws IOException {
      out.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
