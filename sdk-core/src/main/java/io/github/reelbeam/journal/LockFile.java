package io.github.reelbeam.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, held by one holder in one process.
 *
 * <p>An OS lock alone does not do. On POSIX it belongs to the process, and <em>closing any
 * descriptor</em> of the file gives it up: opening a file that somebody else in this process has
 * locked, only to find that out, would end his lock. So it is looked up before the file is opened,
 * by the file's identity and not by its path: the same folder may be reached through a link.
 */
final class LockFile implements Closeable {
  /**
   * What this process holds. Guards itself and {@link #KEPT_OPEN}. The channels are in it so that
   * one whose holder was forgotten is not collected as garbage: that would close the file, end the
   * lock unseen, and free the inode for another file that would then pass for this one.
   */
  private static final Map<Object, FileChannel> HELD = new HashMap<>();

  /**
   * Files that a second copy of this class (in another class loader) has locked. They cannot be
   * closed without ending its lock, so they wait here for the next try.
   */
  private static final Map<Object, FileChannel> KEPT_OPEN = new HashMap<>();

  private final Path file;
  private final Object identity;
  private final FileChannel channel;
  private boolean released;

  private LockFile(Path file, Object identity, FileChannel channel) {
    this.file = file;
    this.identity = identity;
    this.channel = channel;
  }

  /**
   * Takes the lock if it is free, making the file if it is missing. It never waits, and so cannot
   * be interrupted.
   *
   * <p>The caller makes sure that nobody deletes the file meanwhile: see {@link #deleteAndClose}.
   */
  static Optional<LockFile> tryAcquire(Path file) throws IOException {
    synchronized (HELD) {
      OwnerOnly.createIfAbsent(file);
      Object identity = identity(file);
      if (HELD.containsKey(identity)) {
        return Optional.empty();
      }
      FileChannel channel = KEPT_OPEN.remove(identity);
      if (channel == null) {
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
      }
      if (!lock(channel, identity)) {
        return Optional.empty();
      }
      HELD.put(identity, channel);
      return Optional.of(new LockFile(file, identity, channel));
    }
  }

  private static boolean lock(FileChannel channel, Object identity) throws IOException {
    FileLock lock = null;
    boolean close = true;
    try {
      lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      KEPT_OPEN.put(identity, channel);
      close = false;
      return false;
    } finally {
      if (lock == null && close) {
        channel.close();
      }
    }
  }

  /** Device and inode; they stand as long as the file is open, so nothing else is taken for it. */
  private static Object identity(Path file) throws IOException {
    @Nullable Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file.toRealPath() : key;
  }

  /** Gives the lock back. The file stays: somebody may have opened it already, to lock it next. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (!released) {
        released = true;
        try {
          channel.close();
        } finally {
          HELD.remove(identity);
        }
      }
    }
  }

  /**
   * Deletes the file and gives the lock back.
   *
   * <p>Only for whoever keeps all others from {@link #tryAcquire} meanwhile, by a lock above this
   * one. Otherwise one process could have the file open, and lock it after it has been deleted,
   * while a second makes a new file of the same name, and locks that.
   */
  void deleteAndClose() throws IOException {
    try {
      Files.deleteIfExists(file);
    } finally {
      close();
    }
  }
}
