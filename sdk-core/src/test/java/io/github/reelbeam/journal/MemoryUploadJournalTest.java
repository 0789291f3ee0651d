package io.github.reelbeam.journal;

class MemoryUploadJournalTest extends UploadJournalContract {
  private final UploadJournal journal = UploadJournal.inMemory();

  @Override
  UploadJournal journal() {
    return journal;
  }
}
