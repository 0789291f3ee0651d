package io.github.reelbeam.micrometer;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One upload on the meters. Its calls come one after another, so it needs no lock. */
final class MeteredUpload implements UploadListener {
  private final UploadMeters meters;
  private final long since;
  private final UploadState first;
  private @Nullable AtomicInteger counted;

  MeteredUpload(UploadMeters meters, UploadState first) {
    this.meters = meters;
    this.since = meters.now();
    this.first = first;
  }

  @Override
  public void onStarted(Upload upload) {
    // not its state now: what happened since is told next, and would be counted twice
    count(meters.counting(first, null));
  }

  @Override
  public void onStateChanged(StateChange change) {
    count(meters.counting(change.to(), change.reason()));
  }

  private void count(@Nullable AtomicInteger next) {
    if (counted != null) {
      counted.decrementAndGet();
    }
    if (next != null) {
      next.incrementAndGet();
    }
    counted = next;
  }

  @Override
  public void onPartCompleted(PartCompleted part) {
    meters.committed(part.bytes());
  }

  @Override
  public void onPartRetry(PartRetry retry) {
    meters.retried(retry.cause());
  }

  @Override
  public void onCredentialsRenewed(CredentialsRenewed renewal) {
    meters.renewed();
  }

  @Override
  public void onCompleted(VideoAsset asset) {
    ended("completed", "none");
  }

  @Override
  public void onFailed(UploadException failure) {
    ended("failed", failure.stage().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void onCancelled() {
    ended("cancelled", "none");
  }

  private void ended(String outcome, String stage) {
    count(null);
    meters.ended(outcome, stage, since);
  }
}
