package io.github.reelbeam.internal.progress;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.VideoAsset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Remembers what it hears in words, and when it heard of progress. */
class Heard implements UploadListener {
  private final LongSupplier nanoTime;
  private final List<String> words = new ArrayList<>();
  private final List<Long> progressTimes = new ArrayList<>();

  Heard(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  List<String> words() {
    return words;
  }

  List<Long> progressTimes() {
    return progressTimes;
  }

  @Override
  public void onStarted(Upload upload) {
    words.add("started");
  }

  @Override
  public void onProgress(UploadProgress progress) {
    words.add("progress " + progress.committedBytes());
    progressTimes.add(nanoTime.getAsLong());
  }

  @Override
  public void onPartCompleted(PartCompleted part) {
    words.add("part " + part.partNumber());
  }

  @Override
  public void onStateChanged(StateChange change) {
    words.add(change.from() + " to " + change.to());
  }

  @Override
  public void onCompleted(VideoAsset asset) {
    words.add("completed");
  }

  @Override
  public void onFailed(UploadException failure) {
    words.add("failed");
  }

  @Override
  public void onCancelled() {
    words.add("cancelled");
  }
}
