package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PatienceTest {
  private static final Duration GIVE_UP = Duration.ofMinutes(5);
  private static final RetryPolicy POLICY =
      RetryPolicy.builder().baseDelay(Duration.ofSeconds(1)).giveUpAfter(GIVE_UP).build();

  private final VirtualTime time = new VirtualTime();
  private final StopSignal stop = new StopSignal();
  private HandDrivenScheduler scheduler = HandDrivenScheduler.immediate();
  private JobAtRest upload = new JobAtRest(POLICY, scheduler, time);
  private Patience patience = new Patience(upload.environment(), upload.job(), stop);

  /** From now on a delay does not end, and whoever waits is told to stop. */
  private void stopWhileWaiting() {
    end();
    scheduler = HandDrivenScheduler.endless(stop::stop);
    upload = new JobAtRest(POLICY, scheduler, time);
    patience = new Patience(upload.environment(), upload.job(), stop);
  }

  @AfterEach
  void end() {
    scheduler.shutdownNow();
    upload.close();
  }

  @Test
  void isLeftUntilThePolicysTimeIsOver() {
    time.advance(GIVE_UP.minusNanos(1));
    assertThat(patience.isLeft()).isTrue();
    time.advance(Duration.ofNanos(1));
    assertThat(patience.isLeft()).isFalse();
  }

  @Test
  void waitsLongerEachTime() throws StoppedException {
    for (int i = 0; i < 4; i++) {
      patience.pause(WaitReason.OFFLINE);
    }
    assertThat(scheduler.delays())
        .containsExactly(
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));
  }

  @Test
  void theUploadIsSeenToWaitAndThenToGoOn() throws StoppedException {
    patience.pause(WaitReason.BACKOFF);
    assertThat(upload.told())
        .containsExactly(
            new StateChange(UploadState.REQUESTED, UploadState.WAITING, WaitReason.BACKOFF),
            new StateChange(UploadState.WAITING, UploadState.REQUESTED, null));
    assertThat(upload.job().state()).isEqualTo(UploadState.REQUESTED);
  }

  @Test
  void anUploadThatWaitsAlreadyGoesOnWaiting() throws StoppedException {
    upload.job().enter(UploadState.WAITING, WaitReason.OFFLINE);
    patience.pause(WaitReason.OFFLINE);
    assertThat(upload.told())
        .containsExactly(
            new StateChange(UploadState.REQUESTED, UploadState.WAITING, WaitReason.OFFLINE));
  }

  @Test
  void aStopEndsTheWaitAtOnce() {
    stopWhileWaiting();
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(() -> patience.pause(WaitReason.OFFLINE));
    assertThat(upload.job().state()).isEqualTo(UploadState.WAITING);
    assertThat(scheduler.running()).isZero();
  }
}
