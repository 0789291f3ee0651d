package io.github.reelbeam.examples.cli;

import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;

/** The events in plain words, the same in all renderings for people. */
final class Wording {
  private Wording() {}

  static String state(StateChange change) {
    if (change.to() == UploadState.WAITING) {
      return change.reason() == WaitReason.BACKOFF
          ? "waiting, as the server asks for"
          : "waiting for the network";
    }
    return change.from() == UploadState.WAITING && !change.to().isTerminal()
        ? "going on"
        : switch (change.to()) {
          case REQUESTED -> "asking the backend for leave";
          case GRANTED -> "the backend gave leave";
          case TRANSFERRING -> "sending";
          case STORED -> "stored, telling the backend";
          case NOTIFIED -> "the backend knows";
          case PAUSED -> "paused";
          case FAILED -> "failed";
          case CANCELLED -> "discarded";
          case WAITING -> "waiting";
        };
  }

  static String retry(PartRetry retry) {
    String what = retry.partNumber() == 0 ? "request" : "part " + retry.partNumber();
    return what + " again in " + Figures.time(retry.delay());
  }

  static String retries(int count) {
    return count == 1 ? "(1 retry)" : "(" + count + " retries)";
  }

  static String completed(VideoAsset asset) {
    return "stored as " + asset.key() + " (" + Figures.size(asset.size()) + "), backend notified";
  }
}
