package io.github.reelbeam.examples.cli;

import io.github.reelbeam.UploadException;
import io.github.reelbeam.VideoAsset;
import java.io.PrintWriter;

/** {@code --quiet}: nothing on stdout; errors still go to stderr. */
final class SilentDisplay extends Display {
  SilentDisplay(PrintWriter err) {
    super(err);
  }

  @Override
  void showCompleted(VideoAsset asset) {}

  @Override
  void showFailed(String error, UploadException failure) {}
}
