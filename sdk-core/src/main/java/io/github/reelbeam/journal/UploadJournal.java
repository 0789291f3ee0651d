package io.github.reelbeam.journal;

import io.github.reelbeam.JournalException;
import io.github.reelbeam.UploadId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What survives the process: one entry per upload, from the request until the backend has been
 * told. {@link FileUploadJournal} keeps it in a folder.
 *
 * <p>An implementation must be safe for use by many threads. An entry is written by the holder of
 * its {@link Claim} only.
 */
public interface UploadJournal {

  /**
   * Returns every readable entry, the oldest first. What cannot be read is set aside and logged.
   */
  List<JournalEntry> entries();

  /**
   * Takes the entry that fits, or else adds a new one, as one step: two callers with the same
   * source never end up with two entries, not even in two processes.
   *
   * @param matches tells whether an entry is the one wanted
   * @param otherwise makes the new entry; called only if none fits
   * @return the claim on the one or the other
   * @throws JournalException if the entry that fits is claimed by another process (or by somebody
   *     else in this one), or the journal cannot be written
   */
  Claim claimOrCreate(Predicate<JournalEntry> matches, Supplier<JournalEntry> otherwise);

  /**
   * Takes the entry with this id.
   *
   * @return the claim; empty if there is no such entry
   * @throws JournalException as for {@link #claimOrCreate}
   */
  Optional<Claim> claim(UploadId id);

  /**
   * Returns a journal that is gone with the process: for tests, and for apps that do not go on with
   * uploads in a later process. Its claims hold between the threads of this process.
   */
  static UploadJournal inMemory() {
    return new MemoryUploadJournal();
  }

  /**
   * The sole right to work on one upload, in all processes that share the journal. It ends with
   * {@link #close()}, and with the process at the latest.
   */
  interface Claim extends AutoCloseable {

    /** The entry as it was last written. */
    JournalEntry entry();

    /**
     * Replaces the entry: when this returns, the new entry is on the disk whatever happens next;
     * before that, the old one is.
     *
     * @throws JournalException if it cannot be written; the old entry stands
     */
    void write(JournalEntry entry);

    /**
     * Forgets the upload. The claim can only be closed after that.
     *
     * @throws JournalException if the entry cannot be removed
     */
    void remove();

    /** Gives the claim back. */
    @Override
    void close();
  }
}
