package io.github.reelbeam.benchmarks.contestants;

import io.github.reelbeam.TransferOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * Reelbeam with the options that it has by default, instead of those that the peers are given: it
 * finds out by itself how many parts there should be in flight, and how large.
 */
public final class AdaptiveReelbeamContestant implements Contestant {
  private final ReelbeamContestant reelbeam;

  /** Sets up the uploader. */
  public AdaptiveReelbeamContestant(Target target) {
    this.reelbeam =
        new ReelbeamContestant(
            ReelbeamContestant.withoutBackend(target), TransferOptions.defaults());
  }

  @Override
  public void upload(List<Path> files) throws InterruptedException {
    reelbeam.upload(files);
  }
}
