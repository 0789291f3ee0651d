package io.github.reelbeam.journal;

import io.github.reelbeam.UploadId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The journal of a process that leaves nothing behind. Its own monitor guards both collections. */
final class MemoryUploadJournal implements UploadJournal {
  private final Map<UploadId, JournalEntry> entries = new HashMap<>();
  private final Set<UploadId> claimed = new HashSet<>();

  @Override
  public synchronized List<JournalEntry> entries() {
    return entries.values().stream().sorted(EntryOrder.OLDEST_FIRST).collect(Collectors.toList());
  }

  @Override
  public synchronized Claim claimOrCreate(
      Predicate<JournalEntry> matches, Supplier<JournalEntry> otherwise) {
    Optional<JournalEntry> fitting = entries().stream().filter(matches).findFirst();
    if (fitting.isPresent()) {
      return take(fitting.get());
    }
    JournalEntry fresh = otherwise.get();
    if (entries.containsKey(fresh.id())) {
      throw new IllegalArgumentException("there is an upload " + fresh.id() + " already");
    }
    entries.put(fresh.id(), fresh);
    return take(fresh);
  }

  @Override
  public synchronized Optional<Claim> claim(UploadId id) {
    return Optional.ofNullable(entries.get(id)).map(this::take);
  }

  private Claim take(JournalEntry entry) {
    if (!claimed.add(entry.id())) {
      throw JournalFailures.claimed(entry.id());
    }
    return new MemoryClaim(entry);
  }

  private final class MemoryClaim implements Claim {
    private final ClaimState state;

    private MemoryClaim(JournalEntry entry) {
      this.state = new ClaimState(entry);
    }

    @Override
    public JournalEntry entry() {
      synchronized (MemoryUploadJournal.this) {
        return state.entry();
      }
    }

    @Override
    public void write(JournalEntry entry) {
      synchronized (MemoryUploadJournal.this) {
        state.checkWritable(entry);
        entries.put(entry.id(), entry);
        state.written(entry);
      }
    }

    @Override
    public void remove() {
      synchronized (MemoryUploadJournal.this) {
        state.checkRemovable();
        entries.remove(state.entry().id());
        state.removed();
      }
    }

    @Override
    public void close() {
      synchronized (MemoryUploadJournal.this) {
        if (state.close()) {
          claimed.remove(state.entry().id());
        }
      }
    }
  }
}
