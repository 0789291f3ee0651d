package io.github.reelbeam.journal;

/** What may be done with a claim, and when no more. Its claim guards it. */
final class ClaimState {
  private JournalEntry entry;
  private boolean removed;
  private boolean closed;

  ClaimState(JournalEntry entry) {
    this.entry = entry;
  }

  JournalEntry entry() {
    return entry;
  }

  void checkWritable(JournalEntry next) {
    checkRemovable();
    if (!next.id().equals(entry.id())) {
      throw new IllegalArgumentException(
          "the claim is on upload " + entry.id() + ", the entry is of " + next.id());
    }
  }

  void checkRemovable() {
    if (closed || removed) {
      throw new IllegalStateException(
          "the claim on upload " + entry.id() + (closed ? " is closed" : " has removed it"));
    }
  }

  void written(JournalEntry next) {
    entry = next;
  }

  void removed() {
    removed = true;
  }

  boolean isRemoved() {
    return removed;
  }

  /** Returns whether it was open. */
  boolean close() {
    boolean open = !closed;
    closed = true;
    return open;
  }
}
