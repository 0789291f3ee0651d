package io.github.reelbeam;

import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.UploadJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Keeps a copy of the journal's folder after each change, so that no version of a file is lost. */
record CopiedJournal(UploadJournal journal, Path folder, Path copies, AtomicInteger changes)
    implements UploadJournal {

  CopiedJournal(UploadJournal journal, Path folder, Path copies) {
    this(journal, folder, copies, new AtomicInteger());
  }

  @Override
  public List<JournalEntry> entries() {
    return journal.entries();
  }

  @Override
  public Claim claimOrCreate(Predicate<JournalEntry> matches, Supplier<JournalEntry> otherwise) {
    Claim claim = journal.claimOrCreate(matches, otherwise);
    copy();
    return new CopiedClaim(claim);
  }

  @Override
  public Optional<Claim> claim(UploadId id) {
    return journal.claim(id).map(CopiedClaim::new);
  }

  private void copy() {
    Path copy = copies.resolve(Integer.toString(changes.incrementAndGet()));
    try (Stream<Path> files = Files.list(folder)) {
      Files.createDirectories(copy);
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class CopiedClaim implements Claim {
    private final Claim claim;

    CopiedClaim(Claim claim) {
      this.claim = claim;
    }

    @Override
    public JournalEntry entry() {
      return claim.entry();
    }

    @Override
    public void write(JournalEntry entry) {
      claim.write(entry);
      copy();
    }

    @Override
    public void remove() {
      claim.remove();
      copy();
    }

    @Override
    public void close() {
      claim.close();
    }
  }
}
