package io.github.reelbeam.internal.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.RetryCause;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.UploadTimeline;
import io.github.reelbeam.UploadTimeline.Request;
import io.github.reelbeam.UploadTimeline.Retry;
import io.github.reelbeam.UploadTimeline.Step;
import io.github.reelbeam.UploadTimeline.StepKind;
import io.github.reelbeam.internal.transfer.StoreRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineRecorderTest {
  private static final Instant START = TickingClock.START;
  private static final int PARTS = 10_000;

  private Duration passed = Duration.ZERO;
  private final Clock clock = new TickingClock(() -> passed);
  private final TimelineRecorder recorder =
      new TimelineRecorder(() -> RedactionTest.ENTRY, clock, () -> passed.toNanos());

  private void pass(long seconds) {
    passed = passed.plusSeconds(seconds);
  }

  private void state(UploadState from, UploadState to, @Nullable WaitReason reason) {
    recorder.state(new StateChange(from, to, reason));
  }

  private static StoreRequest sent(int part, int status, @Nullable String failure) {
    return new StoreRequest(
        "UploadPart", part, status, Duration.ofMillis(800), "R" + part, "E" + part, failure);
  }

  private static PartRetry retry(int part, RetryCause cause, String reason) {
    return new PartRetry(part, 1, Duration.ofMillis(500), cause, reason);
  }

  @Test
  void beginsWithTheStateThatTheUploadWasIn() {
    UploadTimeline timeline = recorder.snapshot();

    assertThat(timeline.uploadId().value()).isEqualTo("u1");
    assertThat(timeline.steps()).containsExactly(new Step(START, StepKind.STARTED, "GRANTED"));
    assertThat(timeline.totalBytes()).isEqualTo(10);
    assertThat(timeline.resumedAtBytes()).isEmpty();
    assertThat(timeline.partSize()).isEmpty();
    assertThat(timeline.endedAt()).isEmpty();
  }

  @Test
  void aSnapshotDoesNotChange() {
    UploadTimeline before = recorder.snapshot();
    recorder.retry(retry(1, RetryCause.CONNECTION, "cut"));
    recorder.runFailed("cut");

    assertThat(before.retries()).isEmpty();
    assertThat(before.steps()).hasSize(1);
    assertThat(before.totals().allRetries()).isZero();
  }

  @Test
  void addsUpWaitsByReasonAndLeavesThemOutOfTheRate() {
    state(UploadState.GRANTED, UploadState.TRANSFERRING, null);
    pass(2);
    recorder.partCommitted(600, 90);
    state(UploadState.TRANSFERRING, UploadState.WAITING, WaitReason.OFFLINE);
    pass(100);
    state(UploadState.WAITING, UploadState.WAITING, WaitReason.BACKOFF);
    pass(5);
    state(UploadState.WAITING, UploadState.TRANSFERRING, null);
    pass(1);
    recorder.partCommitted(300, 70);

    UploadTimeline.Totals totals = recorder.snapshot().totals();
    assertThat(totals.waited())
        .isEqualTo(
            Map.of(
                WaitReason.OFFLINE, Duration.ofSeconds(100),
                WaitReason.BACKOFF, Duration.ofSeconds(5)));
    assertThat(totals.averageBytesPerSecond()).isEqualTo(300);
    assertThat(totals.peakBytesPerSecond()).isEqualTo(90);
    assertThat(totals.partsCommitted()).isEqualTo(2);
    assertThat(totals.bytesCommitted()).isEqualTo(900);
  }

  @Test
  void whatEarlierProcessesStoredIsWhatTheFirstRunFinds() {
    recorder.run(Map.of(1, 4L, 2, 4L));
    recorder.run(Map.of(1, 4L, 2, 4L, 3, 2L));

    assertThat(recorder.snapshot().resumedAtBytes()).isEqualTo(OptionalLong.of(8));
    assertThat(recorder.snapshot().totals().runs()).isEqualTo(2);
    assertThat(recorder.snapshot().steps())
        .extracting(Step::detail)
        .contains("parts stored: 2, bytes: 8", "parts stored: 3, bytes: 10");
  }

  @Test
  void countsWhatIsUnderWayAtTheSameTime() {
    recorder.requestSent();
    recorder.requestSent();
    recorder.requestEnded(sent(1, 200, null));
    recorder.requestSent();
    recorder.requestEnded(sent(2, 503, null));

    UploadTimeline timeline = recorder.snapshot();
    assertThat(timeline.totals().inFlightAtMost()).isEqualTo(2);
    assertThat(timeline.requests()).extracting(Request::requestId).containsExactly("R1");
    assertThat(timeline.failedRequests()).extracting(Request::status).containsExactly(503);
    assertThat(timeline.totals().requests()).isEqualTo(2);
    assertThat(timeline.totals().failedRequests()).isEqualTo(1);
  }

  @Test
  void theWordsOfFailuresHideWhoseTheyAre() {
    recorder.retry(retry(3, RetryCause.STALLED, "PUT /clips/in/0b7c.mp4 (part 3): no byte moved"));
    recorder.runFailed("clips said no");
    recorder.startedOver("in/0b7c.mp4 is not there");
    recorder.requestSent();
    recorder.requestEnded(sent(3, 0, "PUT /clips/in/0b7c.mp4 (part 3): cut off"));
    recorder.ended(new IllegalStateException("in/0b7c.mp4"));

    UploadTimeline timeline = recorder.snapshot();
    assertThat(Stream.of(timeline.toJson(), timeline.toString()))
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("(part 3): no byte moved", "(bucket) said no", "(key) is not there")
                    .doesNotContain("clips", "0b7c", "first.mp4", "Wedding", "/home/ann"));
  }

  /** The bound that the documentation states, with every text as long as it may be. */
  @Test
  void tenThousandPartsThatFailStayWithinTheBound() {
    String tooLong = "w".repeat(UploadTimeline.MAX_TEXT + 1);
    for (int part = 1; part <= PARTS; part++) {
      recorder.requestSent();
      recorder.requestEnded(sent(part, 0, tooLong));
      recorder.retry(retry(part, RetryCause.CONNECTION, tooLong));
      recorder.runFailed(tooLong);
      recorder.requestSent();
      recorder.requestEnded(sent(part, 200, null));
      recorder.partCommitted(5 << 20, 1);
    }

    UploadTimeline timeline = recorder.snapshot();
    assertThat(timeline.steps()).hasSize(UploadTimeline.MAX_STEPS);
    assertThat(timeline.retries()).hasSize(UploadTimeline.MAX_RETRIES);
    assertThat(timeline.requests()).hasSize(UploadTimeline.MAX_REQUESTS);
    assertThat(timeline.failedRequests()).hasSize(UploadTimeline.MAX_REQUESTS);
    assertThat(timeline.retries()).extracting(Retry::partNumber).last().isEqualTo(PARTS);
    assertThat(timeline.totals().requests()).isEqualTo(2 * PARTS);
    assertThat(timeline.totals().failedRequests()).isEqualTo(PARTS);
    assertThat(timeline.totals().retries()).isEqualTo(Map.of(RetryCause.CONNECTION, (long) PARTS));
    assertThat(timeline.totals().steps()).isEqualTo(PARTS + 1);
    assertThat(timeline.toJson()).hasSizeLessThan(150 << 10);
  }

  @Test
  void manyThreadsAreCountedRight() throws Exception {
    int each = 200;
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          try {
                            go.await();
                          } catch (InterruptedException e) {
                            return;
                          }
                          for (int n = 1; n <= each; n++) {
                            recorder.requestSent();
                            recorder.requestEnded(sent(n, 200, null));
                            recorder.partCommitted(1, 1);
                            recorder.retry(retry(n, RetryCause.THROTTLED, "slow"));
                            assertThat(recorder.snapshot().requests())
                                .hasSizeLessThanOrEqualTo(UploadTimeline.MAX_REQUESTS);
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    UploadTimeline.Totals totals = recorder.snapshot().totals();
    assertThat(totals.requests()).isEqualTo(4L * each);
    assertThat(totals.partsCommitted()).isEqualTo(4L * each);
    assertThat(totals.allRetries()).isEqualTo(4L * each);
    assertThat(totals.inFlightAtMost()).isBetween(1, 4);
  }
}
