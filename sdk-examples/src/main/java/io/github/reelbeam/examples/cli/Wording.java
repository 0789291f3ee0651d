package io.github.reelbeam.examples.cli;

import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
import java.util.Objects;

/** The events in plain words, the same in all renderings for people. */
final class Wording {
  private Wording() {}

  /** A change to or from waiting. */
  static String waiting(StateChange change) {
    if (change.to() != UploadState.WAITING) {
      return "going on";
    }
    return switch (reason(change)) {
      case BACKOFF -> "waiting, as the server asks for";
      case QUEUED -> "waiting for other uploads";
      case NETWORK_POLICY -> "waiting for a network that may be used";
      case OFFLINE -> "waiting for the network";
    };
  }

  private static WaitReason reason(StateChange change) {
    return Objects.requireNonNull(change.reason(), "whoever waits has a reason");
  }

  /** What a bar says in place of the rate, about as long; empty if there is nothing to say. */
  static String shortly(StateChange change) {
    return switch (change.to()) {
      case WAITING ->
          switch (reason(change)) {
            case BACKOFF -> "server busy";
            case QUEUED -> "in line";
            case NETWORK_POLICY -> "no usable network";
            case OFFLINE -> "offline";
          };
      case STORED -> "notifying";
      case PAUSED -> "paused";
      default -> "";
    };
  }

  /** What a bar says of a retry. */
  static String shortly(PartRetry retry) {
    return retry.partNumber() == 0 ? "retrying" : "retry part " + retry.partNumber();
  }

  static String retries(int count) {
    return count == 1 ? "(1 retry)" : "(" + count + " retries)";
  }

  static String completed(VideoAsset asset) {
    return "stored as " + asset.key() + " (" + Figures.size(asset.size()) + "), backend notified";
  }
}
