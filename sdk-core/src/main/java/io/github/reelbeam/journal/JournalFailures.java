package io.github.reelbeam.journal;

import io.github.reelbeam.JournalException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadId;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What goes wrong with a journal, in words. All of it can be resumed: the entries stand. */
final class JournalFailures {
  private JournalFailures() {}

  static JournalException claimed(UploadId id) {
    return new JournalException(
        "Upload "
            + id
            + " is being worked on already, by another process or in this one; wait for it, or"
            + " stop it there.",
        details(id),
        null);
  }

  static JournalException io(String what, Path folder, @Nullable UploadId id, IOException cause) {
    return new JournalException(
        "The journal in "
            + folder
            + " could not "
            + what
            + " ("
            + cause
            + "); what it held before stands. Look at the disk and the folder's permissions, then"
            + " start again.",
        details(id),
        cause);
  }

  static JournalException folderBusy(Path folder) {
    return new JournalException(
        "The journal in "
            + folder
            + " has been locked by another process for many seconds, where moments are usual; is"
            + " that process stopped? Try again once it has gone on or ended.",
        details(null),
        null);
  }

  private static Details details(@Nullable UploadId id) {
    return new Details(id, Stage.PREPARE, true, null);
  }
}
