package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.UploadListener.PartRetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers what it hears, in words. */
final class RecordingObserver implements TransferObserver {
  private final List<String> heard = new ArrayList<>();
  private final List<PartRetry> retries = new ArrayList<>();

  List<String> heard() {
    return heard;
  }

  List<PartRetry> retries() {
    return retries;
  }

  @Override
  public void multipartOpened(String multipartUploadId) {
    heard.add("opened " + multipartUploadId);
  }

  @Override
  public void resumed(Map<Integer, Long> stored) {
    heard.add("resumed " + stored);
  }

  @Override
  public void partSent(int partNumber, long bytes) {
    heard.add("sent " + partNumber + ": " + bytes);
  }

  @Override
  public void partDropped(int partNumber) {
    heard.add("dropped " + partNumber);
  }

  @Override
  public void partCommitted(int partNumber, long bytes, @Nullable String crc32) {
    heard.add("committed " + partNumber + ": " + bytes);
  }

  @Override
  public void requestSent() {}

  @Override
  public void requestEnded(StoreRequest request) {}

  @Override
  public void partRetry(PartRetry retry) {
    heard.add("retry " + retry.partNumber());
    retries.add(retry);
  }

  @Override
  public void unreachable() {
    heard.add("unreachable");
  }

  @Override
  public void reachable() {
    heard.add("reachable");
  }

  @Override
  public void beforeComplete() {
    heard.add("before complete");
  }
}
