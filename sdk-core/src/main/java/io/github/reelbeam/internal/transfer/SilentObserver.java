package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.UploadListener.PartRetry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears and says nothing: for requests that are not part of a run. */
final class SilentObserver implements TransferObserver {
  @Override
  public void multipartOpened(String multipartUploadId) {}

  @Override
  public void resumed(Map<Integer, Long> stored) {}

  @Override
  public void partSent(int partNumber, long bytes) {}

  @Override
  public void partDropped(int partNumber) {}

  @Override
  public void partCommitted(int partNumber, long bytes, @Nullable String crc32) {}

  @Override
  public void requestSent() {}

  @Override
  public void requestEnded(StoreRequest request) {}

  @Override
  public void partRetry(PartRetry retry) {}

  @Override
  public void unreachable() {}

  @Override
  public void reachable() {}

  @Override
  public void beforeComplete() {}
}
