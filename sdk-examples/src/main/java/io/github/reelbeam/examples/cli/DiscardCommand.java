package io.github.reelbeam.examples.cli;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.JournalEntry;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Aborts a pending upload in S3 and forgets it. */
@Command(
    name = "discard",
    description = "Give up an unfinished upload: remove its parts from S3 and forget it.")
final class DiscardCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "Which, as 'list' names it.")
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private UploadId id;

  @Mixin private final BackendOptions backend = new BackendOptions();
  @Mixin private final TransferSettings transfer = new TransferSettings();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Optional<JournalEntry> entry =
        backend.journal().entries().stream().filter(e -> e.id().equals(id)).findFirst();
    if (entry.isEmpty()) {
      return failed("no unfinished upload " + id + " in " + backend.stateFolder(), false);
    }
    TransferOptions options = transfer.options();
    try (VideoUploader uploader =
        backend.uploader(backend.backendOr(entry.get().backend()), options)) {
      return uploader.discard(id)
          ? discarded()
          : failed("upload " + id + " is no longer unfinished", false);
    } catch (UploadException e) {
      return failed(String.valueOf(e.getMessage()), e.isResumable());
    }
  }

  private int discarded() {
    output.say("discarded " + id);
    if (output.isJson()) {
      output.jsonLines().line().with("event", "discarded").with("uploadId", id.value()).write();
    }
    return ExitCode.DONE;
  }

  private int failed(String error, boolean resumable) {
    if (output.isJson()) {
      output
          .jsonLines()
          .line()
          .with("event", "failed")
          .with("uploadId", id.value())
          .with("error", error)
          .with("resumable", resumable)
          .write();
    }
    output.complain(error);
    return resumable ? ExitCode.RESUMABLE : ExitCode.FAILED;
  }
}
