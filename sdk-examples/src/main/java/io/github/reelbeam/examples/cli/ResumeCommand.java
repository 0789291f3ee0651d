package io.github.reelbeam.examples.cli;

import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.JournalEntry;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on with one pending upload, or with all, one after the other. */
@Command(name = "resume", description = "Go on with one unfinished upload, or with all of them.")
final class ResumeCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "Which; all by default.")
  private @Nullable UploadId id;

  @Mixin private final BackendOptions backend = new BackendOptions();
  @Mixin private final TransferSettings transfer = new TransferSettings();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    List<JournalEntry> entries =
        backend.journal().entries().stream()
            .filter(entry -> id == null || entry.id().equals(id))
            .toList();
    if (id != null && entries.isEmpty()) {
      output.complain("no unfinished upload " + id + " in " + backend.stateFolder());
      return ExitCode.FAILED;
    }
    if (entries.isEmpty()) {
      output.say("nothing to resume in " + backend.stateFolder());
    }
    int exitCode = ExitCode.DONE;
    try (GracefulStop stop = GracefulStop.armed()) {
      for (JournalEntry entry : entries) {
        exitCode = ExitCode.worse(exitCode, resume(entry, stop));
      }
    }
    return exitCode;
  }

  private int resume(JournalEntry entry, GracefulStop stop) {
    Display display = output.display(entry.source().fileName());
    try (VideoUploader uploader =
        backend.uploader(backend.backendOr(entry.backend()), transfer.options())) {
      return stop.run(
          uploader,
          display,
          () -> {
            if (uploader.resume(entry.id(), display).isEmpty()) {
              throw gone(entry.id());
            }
          });
    }
  }

  // another process may have ended it since the journal was read
  private static UploadException gone(UploadId id) {
    return new UploadException(
        "upload " + id + " is no longer unfinished",
        new Details(id, Stage.PREPARE, false, null),
        null);
  }
}
