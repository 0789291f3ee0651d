package io.github.reelbeam.journal;

import io.github.reelbeam.UploadId;
import java.io.IOException;
import java.util.function.Consumer;

/** The claim on an upload, held by its lock file. Its monitor guards the state. */
final class FileClaim implements UploadJournal.Claim {
  private final JournalFolder folder;
  private final LockFile lock;
  private final Consumer<LockFile> deleteLock;
  private final ClaimState state;

  /**
   * Makes a claim.
   *
   * @param deleteLock gives back the lock of an upload that is gone, and deletes its file
   */
  FileClaim(
      JournalFolder folder, LockFile lock, JournalEntry entry, Consumer<LockFile> deleteLock) {
    this.folder = folder;
    this.lock = lock;
    this.deleteLock = deleteLock;
    this.state = new ClaimState(entry);
  }

  @Override
  public synchronized JournalEntry entry() {
    return state.entry();
  }

  @Override
  public synchronized void write(JournalEntry entry) {
    state.checkWritable(entry);
    try {
      folder.write(entry);
    } catch (IOException e) {
      throw JournalFailures.io("be written", folder.path(), entry.id(), e);
    }
    state.written(entry);
  }

  @Override
  public synchronized void remove() {
    state.checkRemovable();
    UploadId id = state.entry().id();
    try {
      folder.delete(id);
    } catch (IOException e) {
      throw JournalFailures.io("forget an upload", folder.path(), id, e);
    }
    state.removed();
  }

  @Override
  public void close() {
    boolean removed;
    synchronized (this) {
      if (!state.close()) {
        return;
      }
      removed = state.isRemoved();
    }
    if (removed) {
      deleteLock.accept(lock);
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      throw JournalFailures.io("give back a claim", folder.path(), entry().id(), e);
    }
  }
}
