package io.github.reelbeam.examples.cli;

import io.github.reelbeam.UploadException;

/** What the process ends with; scripts rely on these. */
final class ExitCode {
  /** Stored, and the backend told. */
  static final int DONE = 0;

  /** Failed; the same command would fail again until something is changed. */
  static final int FAILED = 1;

  /** The command line itself is wrong. */
  static final int USAGE = 2;

  /** Stopped, but the same command goes on with it: EX_TEMPFAIL of sysexits.h. */
  static final int RESUMABLE = 75;

  private ExitCode() {}

  static int of(UploadException failure) {
    return failure.isResumable() ? RESUMABLE : FAILED;
  }

  /**
   * Of several uploads: 0 only if all are done, 75 only if nothing but time or a network is
   * missing.
   */
  static int worse(int one, int other) {
    return one == FAILED || other == FAILED ? FAILED : Math.max(one, other);
  }
}
