package io.github.reelbeam.internal.progress;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.UploadTimeline;
import io.github.reelbeam.VideoAsset;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An upload that nothing happens to. */
final class StubUpload implements Upload {
  @Override
  public UploadId id() {
    return new UploadId("stub");
  }

  @Override
  public UploadState state() {
    return UploadState.REQUESTED;
  }

  @Override
  public UploadProgress progress() {
    return new UploadProgress(0, 0, 1, 0, 0);
  }

  @Override
  public UploadTimeline timeline() {
    throw new UnsupportedOperationException();
  }

  @Override
  public UploadPriority priority() {
    return UploadPriority.NORMAL;
  }

  @Override
  public CompletableFuture<VideoAsset> completion() {
    return new CompletableFuture<>();
  }

  @Override
  public VideoAsset await() {
    throw new UnsupportedOperationException();
  }

  @Override
  public VideoAsset await(Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void cancel() {}

  @Override
  public void prioritize(UploadPriority priority) {}

  @Override
  public void addListener(UploadListener listener) {}
}
