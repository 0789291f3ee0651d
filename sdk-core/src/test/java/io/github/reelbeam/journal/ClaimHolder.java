package io.github.reelbeam.journal;

import io.github.reelbeam.JournalException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Another process with the same journal: takes the only upload, or makes one with the id it was
 * given, says what came of it, and keeps the claim until its input ends.
 */
public final class ClaimHolder {
  private ClaimHolder() {}

  public static void main(String[] arguments) throws IOException {
    FileUploadJournal journal = FileUploadJournal.at(Path.of(arguments[0]));
    try (UploadJournal.Claim claim =
        journal.claimOrCreate(entry -> true, () -> Entries.requested(arguments[1]))) {
      System.out.println("claimed " + claim.entry().id());
      int end = System.in.read();
      System.out.println("closing " + end);
    } catch (JournalException e) {
      System.out.println("refused " + e.uploadId().orElseThrow());
    }
  }
}
