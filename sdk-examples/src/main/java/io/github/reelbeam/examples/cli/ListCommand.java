package io.github.reelbeam.examples.cli;

import io.github.reelbeam.PendingUpload;
import io.github.reelbeam.journal.JournalEntry;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the pending uploads; asks nobody, so it works offline. */
@Command(name = "list", description = "List the unfinished uploads.")
final class ListCommand implements Callable<Integer> {
  @Mixin private final BackendOptions backend = new BackendOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    List<PendingUpload> pending =
        backend.journal().entries().stream().map(JournalEntry::toPending).toList();
    if (output.isJson()) {
      pending.forEach(this::writeJson);
      return ExitCode.DONE;
    }
    if (pending.isEmpty()) {
      output.say("no unfinished uploads in " + backend.stateFolder());
    }
    pending.forEach(upload -> output.say(row(upload)));
    return ExitCode.DONE;
  }

  private void writeJson(PendingUpload upload) {
    output
        .jsonLines()
        .line()
        .with("id", upload.id().value())
        .with("state", upload.state())
        .with("source", upload.source())
        .with("fileName", upload.fileName())
        .with("size", upload.size())
        .with("lastError", upload.lastError())
        .with("createdAt", upload.createdAt())
        .with("updatedAt", upload.updatedAt())
        .write();
  }

  private static String row(PendingUpload upload) {
    String row =
        String.format(
            Locale.ROOT,
            "%s  %-12s  %10s  %s",
            upload.id(),
            upload.state(),
            Figures.size(upload.size()),
            upload.fileName());
    return row + upload.failure().map(error -> "\n    " + error).orElse("");
  }
}
