package io.github.reelbeam.benchmarks.contestants;

import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.nio.file.Path;
import java.util.List;

/**
 * Reelbeam as an app has it: the journal is on the disk, and a backend is asked for each grant and
 * told of each asset over the network. No peer does any of that.
 */
public final class DurableReelbeamContestant implements Contestant {
  private final ReelbeamContestant reelbeam;

  /** Sets up the uploader. */
  public DurableReelbeamContestant(Target target) {
    this.reelbeam =
        new ReelbeamContestant(
            VideoUploader.builder()
                .backend(target.endpoint().resolve("/"), () -> "Bearer benchmark")
                .journal(FileUploadJournal.at(target.scratch().resolve("journal"))),
            ReelbeamContestant.likeThePeers());
  }

  @Override
  public void upload(List<Path> files) throws InterruptedException {
    reelbeam.upload(files);
  }
}
