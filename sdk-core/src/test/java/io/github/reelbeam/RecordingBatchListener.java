package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Remembers what it hears of a batch and refuses impossible orders. */
final class RecordingBatchListener implements UploadBatchListener {
  private final List<String> violations = new ArrayList<>();
  private final List<BatchProgress> progress = new ArrayList<>();
  private final List<Long> progressTimes = new ArrayList<>();
  private final Set<UploadId> ended = new HashSet<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private boolean over;

  @Override
  public synchronized void onProgress(BatchProgress now) {
    check();
    if (!progress.isEmpty() && now.fraction() < progress.get(progress.size() - 1).fraction()) {
      violations.add("the fraction fell: " + now);
    }
    if (now.fraction() == 1.0 && now.committedBytes() < now.totalBytes()) {
      violations.add("whole too early: " + now);
    }
    progress.add(now);
    progressTimes.add(System.nanoTime());
  }

  @Override
  public void onFileCompleted(Upload upload, VideoAsset asset) {
    fileEnded(upload);
  }

  @Override
  public void onFileFailed(Upload upload, UploadException failure) {
    fileEnded(upload);
  }

  @Override
  public void onFileCancelled(Upload upload) {
    fileEnded(upload);
  }

  private synchronized void fileEnded(Upload upload) {
    check();
    if (!ended.add(upload.id())) {
      violations.add("ended twice: " + upload.id());
    }
  }

  @Override
  public synchronized void onEnded(UploadBatch.Result result) {
    check();
    over = true;
    end.countDown();
  }

  private void check() {
    if (over) {
      violations.add("an event after the end");
    }
  }

  /**
   * Waits for the end and checks the whole sequence.
   *
   * @return the last progress
   */
  BatchProgress verify(int files) throws InterruptedException {
    BatchProgress last = verifyLate().orElseThrow();
    synchronized (this) {
      assertThat(ended).hasSize(files);
    }
    return last;
  }

  /**
   * Waits for the end and checks the sequence of one that may have come late.
   *
   * @return the last progress; empty if it heard nothing but the end
   */
  Optional<BatchProgress> verifyLate() throws InterruptedException {
    assertThat(end.await(10, TimeUnit.SECONDS)).as("an end").isTrue();
    synchronized (this) {
      assertThat(violations).isEmpty();
      for (int i = 10; i < progressTimes.size(); i++) {
        assertThat(progressTimes.get(i) - progressTimes.get(i - 10))
            .as("11 progress events within a second")
            .isGreaterThan(1_000_000_000L);
      }
      return progress.isEmpty() ? Optional.empty() : Optional.of(progress.get(progress.size() - 1));
    }
  }
}
