package io.github.reelbeam.testservers;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A board on which the uploading process shows how far it is; the backend's page follows it.
 *
 * <p>Safe for use by several threads.
 */
public final class LiveUploads {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Map<String, LiveUpload> uploads = new LinkedHashMap<>();
  private long version = 1;

  /** Made by the backend; see {@link EmbeddedBackend#liveUploads()}. */
  LiveUploads() {}

  /** Shows an upload, or the new state of one that is shown already. */
  public void post(LiveUpload upload) {
    lock.lock();
    try {
      uploads.put(upload.id(), upload);
      changed();
    } finally {
      lock.unlock();
    }
  }

  /** Takes an upload off the board. */
  public void remove(String id) {
    lock.lock();
    try {
      uploads.remove(id);
      changed();
    } finally {
      lock.unlock();
    }
  }

  /** What is on the board, in the order in which it was first posted. */
  public List<LiveUpload> all() {
    lock.lock();
    try {
      return List.copyOf(uploads.values());
    } finally {
      lock.unlock();
    }
  }

  /** Wakes those who wait for something new to show. */
  void changed() {
    lock.lock();
    try {
      version++;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is something newer than the version seen.
   *
   * @return the version there is now, which is the one seen if the time is up
   */
  long awaitChange(long seen, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (version == seen && left > 0) {
        left = moved.awaitNanos(left);
      }
      return version;
    } finally {
      lock.unlock();
    }
  }
}
