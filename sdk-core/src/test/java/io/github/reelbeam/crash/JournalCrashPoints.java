package io.github.reelbeam.crash;

import io.github.reelbeam.UploadId;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.UploadJournal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A journal with a point around every change. A write is named by the state it writes. */
final class JournalCrashPoints implements UploadJournal {
  private static final String CREATE = "journal create";
  private static final String WRITE = "journal write ";
  private static final String REMOVE = "journal remove";

  private final UploadJournal journal;
  private final CrashPoints points;

  JournalCrashPoints(UploadJournal journal, CrashPoints points) {
    this.journal = journal;
    this.points = points;
  }

  @Override
  public List<JournalEntry> entries() {
    return journal.entries();
  }

  @Override
  public Claim claimOrCreate(Predicate<JournalEntry> matches, Supplier<JournalEntry> otherwise) {
    AtomicBoolean isNew = new AtomicBoolean();
    Claim claim =
        journal.claimOrCreate(
            matches,
            () -> {
              JournalEntry entry = otherwise.get();
              isNew.set(true);
              points.before(CREATE);
              return entry;
            });
    if (isNew.get()) {
      points.after(CREATE);
    }
    return new PointedClaim(claim);
  }

  @Override
  public Optional<Claim> claim(UploadId id) {
    return journal.claim(id).map(PointedClaim::new);
  }

  private final class PointedClaim implements Claim {
    private final Claim claim;

    PointedClaim(Claim claim) {
      this.claim = claim;
    }

    @Override
    public JournalEntry entry() {
      return claim.entry();
    }

    @Override
    public void write(JournalEntry entry) {
      points.before(WRITE + entry.state());
      claim.write(entry);
      points.after(WRITE + entry.state());
    }

    @Override
    public void remove() {
      points.before(REMOVE);
      claim.remove();
      points.after(REMOVE);
    }

    @Override
    public void close() {
      claim.close();
    }
  }
}
