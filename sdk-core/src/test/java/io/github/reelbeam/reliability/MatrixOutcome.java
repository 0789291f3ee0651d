package io.github.reelbeam.reliability;

import io.github.reelbeam.UploadException;
import io.github.reelbeam.reliability.MatrixCell.Attempt;
import java.util.Locale;

/** What became of an upload, in a word or two: the cells of the fault matrix. */
final class MatrixOutcome {
  static final String GOES_ON = "goes on";
  static final String AGAIN = "again";

  private MatrixOutcome() {}

  static String of(Attempt attempt, MatrixStage stage) {
    if (attempt.failure() != null) {
      return (attempt.hasWaited() ? "waits, then " : "") + failed(attempt.failure());
    }
    if (attempt.asset() != null && !attempt.asset().confirmed()) {
      return "backend looks";
    }
    if (attempt.creates() > stage.creates() && stage != MatrixStage.CREATE) {
      return "starts over";
    }
    if (attempt.hasWaited()) {
      return "waits";
    }
    if (attempt.listener().renewals().size() > stage.renewals()) {
      return "renews";
    }
    return attempt.requests() > stage.requests() ? AGAIN : GOES_ON;
  }

  /** Which exception it is, and whether it says that the upload can be resumed. */
  static String failed(UploadException failure) {
    String kind = failure.getClass().getSimpleName().replace("Exception", "");
    return kind.toLowerCase(Locale.ROOT) + (failure.isResumable() ? " stops" : " refused");
  }
}
