package io.github.reelbeam.journal;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to add to the journal and to remove from it, and to take an upload's lock: held for
 * moments, by one thread in all processes.
 */
final class FolderLock {
  /** With 5 ms between them ten seconds: far more than anybody needs who is not stopped. */
  private static final int TRIES = 2000;

  private final JournalFolder folder;
  private final Pause pause;

  /** For the threads that share this object, which are most; they need not poll. */
  private final ReentrantLock mutex = new ReentrantLock();

  FolderLock(JournalFolder folder, Pause pause) {
    this.folder = folder;
    this.pause = pause;
  }

  /** Waits between two tries to get the lock. */
  @FunctionalInterface
  interface Pause {
    void between() throws InterruptedException;
  }

  /** What is done under the lock. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws IOException;
  }

  /** Runs a step under the lock. */
  <T> T hold(String what, Step<T> step) {
    if (mutex.isHeldByCurrentThread()) {
      throw new IllegalStateException("the journal was called from within one of its own calls");
    }
    mutex.lock();
    try {
      OwnerOnly.createFolder(folder.path(), folder.disk());
      LockFile lock = acquire();
      try {
        return step.run();
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      throw JournalFailures.io(what, folder.path(), null, e);
    } finally {
      mutex.unlock();
    }
  }

  /**
   * Tries again and again, as a blocking lock would end with the first interrupt, and never for a
   * process that is stopped.
   */
  private LockFile acquire() throws IOException {
    try (InterruptShield shield = new InterruptShield()) {
      for (int i = 0; i < TRIES; i++) {
        Optional<LockFile> lock = LockFile.tryAcquire(folder.folderLock());
        if (lock.isPresent()) {
          return lock.get();
        }
        try {
          pause.between();
        } catch (InterruptedException e) {
          shield.absorbThrown();
        }
      }
    }
    throw JournalFailures.folderBusy(folder.path());
  }
}
