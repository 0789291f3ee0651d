package io.github.reelbeam.journal;

import io.github.reelbeam.JournalException;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.journal.JournalFolder.Document;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in a folder: one small JSON document per upload, replaced as a whole and forced to the
 * disk, readable by its owner only. Any number of processes, and of these objects in one process,
 * may share the folder.
 *
 * <p>The folder is made if it is missing, with permissions for its owner only where the platform
 * has such; it should hold nothing else. A document that cannot be read is renamed to {@code
 * *.unreadable} and logged; one of a newer Reelbeam is logged and left alone.
 *
 * <p>File locks guard the claims; a network file system that does not know them is no place for a
 * journal. Lock files of finished uploads go away by themselves.
 *
 * <p>Safe for use by many threads. Its calls are not ended by an interrupt; the flag stays set.
 */
public final class FileUploadJournal implements UploadJournal {
  private static final Logger LOG = LoggerFactory.getLogger(Loggers.JOURNAL);

  private static final int PAUSE_MILLIS = 5;

  private final JournalFolder folder;
  private final FolderLock folderLock;

  /** Touched under the folder's lock only. */
  private final SeenDocuments seen;

  /** What has been logged as unreadable, so that each look at the folder does not say it again. */
  private final Set<UploadId> warned = ConcurrentHashMap.newKeySet();

  private FileUploadJournal(JournalFolder folder, FolderLock.Pause pause) {
    this.folder = folder;
    this.seen = new SeenDocuments(folder);
    this.folderLock = new FolderLock(folder, pause);
  }

  /**
   * Opens the journal in a folder, making it if it is missing, and clears away what a crash left
   * half written.
   *
   * @param folder a folder of the default file system, for this journal alone
   * @throws JournalException if the folder cannot be made or written to
   * @throws IllegalArgumentException if it is in another file system, such as an archive
   */
  public static FileUploadJournal at(Path folder) {
    return at(folder, () -> Thread.sleep(PAUSE_MILLIS), new FileSystemDisk());
  }

  static FileUploadJournal at(Path folder, FolderLock.Pause pause, Disk disk) {
    if (!folder.getFileSystem().equals(FileSystems.getDefault())) {
      throw new IllegalArgumentException(
          "a journal is in the default file system, not in " + folder.getFileSystem());
    }
    Path real;
    try {
      OwnerOnly.createFolder(folder, disk);
      real = folder.toRealPath();
    } catch (IOException e) {
      throw JournalFailures.io("be opened", folder, null, e);
    }
    Path parent = real.getParent();
    if (parent != null) {
      // whoever made the folder may have been killed before it did this
      disk.force(parent);
    }
    FileUploadJournal journal = new FileUploadJournal(new JournalFolder(real, disk), pause);
    journal.clearLeftovers();
    return journal;
  }

  @Override
  public List<JournalEntry> entries() {
    List<JournalEntry> entries = new ArrayList<>();
    List<UploadId> unreadable = new ArrayList<>();
    try {
      // no lock: documents are replaced as a whole
      for (UploadId id : folder.ids()) {
        Document document = look(id);
        if (document instanceof Document.Intact intact) {
          entries.add(intact.entry());
        } else if (document instanceof Document.Unreadable) {
          unreadable.add(id);
        }
      }
    } catch (IOException e) {
      throw JournalFailures.io("be read", folder.path(), null, e);
    }
    if (!unreadable.isEmpty()) {
      folderLock.hold(
          "set a document aside",
          () -> {
            for (UploadId id : unreadable) {
              setAside(id);
            }
            return unreadable;
          });
    }
    entries.sort(EntryOrder.OLDEST_FIRST);
    return List.copyOf(entries);
  }

  @Override
  public Claim claimOrCreate(Predicate<JournalEntry> matches, Supplier<JournalEntry> otherwise) {
    Set<UploadId> passedOver = new HashSet<>();
    return folderLock.hold(
        "be written",
        () -> {
          while (true) {
            Optional<JournalEntry> fitting = oldest(matches, passedOver);
            if (!fitting.isPresent()) {
              return create(otherwise.get());
            }
            UploadId id = fitting.get().id();
            Optional<Claim> claim = take(id, matches);
            if (claim.isPresent()) {
              return claim.get();
            }
            // its holder finished it between the two looks
            passedOver.add(id);
          }
        });
  }

  @Override
  public Optional<Claim> claim(UploadId id) {
    if (!folder.hasDocument(id)) {
      return Optional.empty();
    }
    return folderLock.hold("be read", () -> take(id, entry -> true));
  }

  private Optional<JournalEntry> oldest(Predicate<JournalEntry> matches, Set<UploadId> without)
      throws IOException {
    List<JournalEntry> fitting = new ArrayList<>();
    List<UploadId> ids = folder.ids();
    seen.retain(ids);
    for (UploadId id : ids) {
      Document document = without.contains(id) ? null : look(id, seen::read);
      if (document instanceof Document.Intact intact) {
        if (matches.test(intact.entry())) {
          fitting.add(intact.entry());
        }
      } else if (document instanceof Document.Unreadable) {
        setAside(id);
      }
    }
    return fitting.stream().min(EntryOrder.OLDEST_FIRST);
  }

  private Claim create(JournalEntry entry) throws IOException {
    if (folder.hasDocument(entry.id())) {
      throw new IllegalArgumentException("there is an upload " + entry.id() + " already");
    }
    LockFile lock = lock(entry.id());
    boolean done = false;
    try {
      folder.write(entry);
      done = true;
      return claim(lock, entry);
    } finally {
      if (!done) {
        lock.deleteAndClose();
      }
    }
  }

  /** Takes an upload's lock and then looks again: what was seen without it may be gone. */
  private Optional<Claim> take(UploadId id, Predicate<JournalEntry> matches) throws IOException {
    LockFile lock = lock(id);
    boolean kept = false;
    try {
      Document document = folder.read(id).orElse(null);
      if (document instanceof Document.Intact intact && matches.test(intact.entry())) {
        kept = true;
        return Optional.of(claim(lock, intact.entry()));
      }
      if (document instanceof Document.Unreadable unreadable) {
        setAsideLocked(id, unreadable);
      }
      return Optional.empty();
    } finally {
      if (!kept) {
        giveBack(id, lock);
      }
    }
  }

  private LockFile lock(UploadId id) throws IOException {
    return LockFile.tryAcquire(folder.lock(id)).orElseThrow(() -> JournalFailures.claimed(id));
  }

  private Claim claim(LockFile lock, JournalEntry entry) {
    return new FileClaim(folder, lock, entry, gone -> deleteLock(entry.id(), gone));
  }

  /** Called at the end of a claim on an upload that was removed. */
  private void deleteLock(UploadId id, LockFile lock) {
    try {
      folderLock.hold(
          "forget an upload",
          () -> {
            giveBack(id, lock);
            return id;
          });
    } catch (JournalException e) {
      // the upload is over, that is what counts; the next to open the folder clears it away
      UploadContext.of(id).run(() -> LOG.debug("the lock file of upload {} is left behind", id, e));
      closeQuietly(id, lock);
    }
  }

  private static void closeQuietly(UploadId id, LockFile lock) {
    try {
      lock.close();
    } catch (IOException e) {
      UploadContext.of(id).run(() -> LOG.debug("the lock of upload {} could not be closed", id, e));
    }
  }

  /** Under the folder's lock: a lock file goes with its document, see {@link LockFile}. */
  private void giveBack(UploadId id, LockFile lock) throws IOException {
    if (folder.hasDocument(id)) {
      lock.close();
    } else {
      lock.deleteAndClose();
    }
  }

  /**
   * Reads a document. One that the disk does not give is passed over: it may be readable next time.
   *
   * @return null if there is nothing
   */
  private @Nullable Document look(UploadId id) {
    return look(id, folder::read);
  }

  private @Nullable Document look(UploadId id, Reader reader) {
    try {
      Document document = reader.read(id).orElse(null);
      if (document instanceof Document.Newer newer && warned.add(id)) {
        UploadContext.of(id)
            .run(() -> LOG.warn("{} is passed over: {}", folder.document(id), newer.why()));
      }
      return document;
    } catch (IOException e) {
      if (warned.add(id)) {
        UploadContext.of(id)
            .run(() -> LOG.warn("{} is passed over, as it cannot be read", folder.document(id), e));
      }
      return null;
    }
  }

  /**
   * Sets a document aside, under the folder's lock, unless somebody works on the upload: he has the
   * entry in memory, and is about to replace the document by a good one.
   */
  private void setAside(UploadId id) {
    try {
      LockFile lock = LockFile.tryAcquire(folder.lock(id)).orElse(null);
      if (lock == null) {
        return;
      }
      try {
        if (look(id) instanceof Document.Unreadable unreadable) {
          setAsideLocked(id, unreadable);
        }
      } finally {
        giveBack(id, lock);
      }
    } catch (IOException e) {
      // something that is no file is in the way; the other uploads are not to suffer for it
      if (warned.add(id)) {
        UploadContext.of(id)
            .run(() -> LOG.warn("{} is no entry, but cannot be set aside", folder.document(id), e));
      }
    }
  }

  /** One of the ways to a document. */
  @FunctionalInterface
  private interface Reader {
    Optional<Document> read(UploadId id) throws IOException;
  }

  private void setAsideLocked(UploadId id, Document.Unreadable document) throws IOException {
    Path aside = folder.setAside(id);
    UploadContext.of(id)
        .run(
            () ->
                LOG.warn(
                    "{} was not an entry of the journal ({}) and is now {}",
                    folder.document(id),
                    document.why(),
                    aside.getFileName()));
  }

  /** Deletes what processes left that ended in the middle of something. */
  private void clearLeftovers() {
    folderLock.hold(
        "be opened",
        () -> {
          for (UploadId id : new LinkedHashSet<>(folder.idsOfLeftovers())) {
            clearLeftovers(id);
          }
          return folder;
        });
  }

  private void clearLeftovers(UploadId id) {
    try {
      LockFile lock = LockFile.tryAcquire(folder.lock(id)).orElse(null);
      if (lock != null) {
        try {
          folder.deleteTemporaries(id);
        } finally {
          giveBack(id, lock);
        }
      }
    } catch (IOException e) {
      UploadContext.of(id)
          .run(
              () -> LOG.warn("what a process has left of upload {} cannot be cleared away", id, e));
    }
  }

  /** Shows the folder. */
  @Override
  public String toString() {
    return "FileUploadJournal[" + folder.path() + "]";
  }
}
