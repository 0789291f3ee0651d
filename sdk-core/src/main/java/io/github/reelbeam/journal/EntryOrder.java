package io.github.reelbeam.journal;

import java.util.Comparator;

/** In which order entries are given. */
final class EntryOrder {
  /** By time; equal times in an order that is the same at every look. */
  static final Comparator<JournalEntry> OLDEST_FIRST =
      Comparator.comparing(JournalEntry::createdAt).thenComparing(entry -> entry.id().value());

  private EntryOrder() {}
}
