package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A stop that comes at the moment at which work ends, begins or is waited for. */
class StopSignalStressTest {
  private final Rounds rounds = new Rounds();

  @Test
  void whoWaitsGetsTheResultOrTheStopAndNeverNothing() throws Exception {
    try (rounds) {
      rounds.play(
          Duration.ofMillis(500),
          20,
          random -> {
            StopSignal signal = new StopSignal();
            CompletableFuture<String> work = new CompletableFuture<>();
            boolean fails = random.nextBoolean();
            rounds.atOnce(
                List.of(
                    () -> {
                      signal.stop();
                      return null;
                    },
                    () ->
                        fails
                            ? work.completeExceptionally(new IllegalStateException("failed"))
                            : work.complete("done"),
                    () -> outcome(signal, work, fails)));
          });
    }
  }

  private static String outcome(StopSignal signal, CompletableFuture<String> work, boolean fails) {
    try {
      String result = signal.await(work);
      assertThat(fails).isFalse();
      return result;
    } catch (ExecutionException e) {
      assertThat(fails).isTrue();
      return "failed";
    } catch (StoppedException e) {
      return "stopped";
    }
  }

  @Test
  void aCallIsInterruptedOrItsResultIsThere() throws Exception {
    try (rounds) {
      rounds.play(Duration.ofMillis(500), 20, random -> callAndStop());
    }
  }

  private void callAndStop() throws Exception {
    StopSignal signal = new StopSignal();
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    StopSignal.Blocking<String> blocking =
        () -> {
          begun.complete(true);
          try {
            never.await();
            return "";
          } finally {
            left.countDown();
          }
        };
    rounds.atOnce(
        List.of(
            () -> {
              signal.stop();
              return null;
            },
            () -> {
              assertThat(isStopped(signal, blocking)).isTrue();
              // either it never began, or it was woken
              return begun.complete(false) || left.await(10, TimeUnit.SECONDS);
            }));
    if (begun.join()) {
      assertThat(left.await(10, TimeUnit.SECONDS)).as("the call was interrupted").isTrue();
    }
  }

  private boolean isStopped(StopSignal signal, StopSignal.Blocking<String> blocking)
      throws ExecutionException {
    try {
      signal.call(blocking, rounds.threads());
      return false;
    } catch (StoppedException e) {
      return true;
    }
  }

  @Test
  void aSleepLeavesNoTimerBehind() throws Exception {
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    scheduler.setRemoveOnCancelPolicy(true);
    try (rounds) {
      rounds.play(
          Duration.ofMillis(500),
          20,
          random -> {
            StopSignal signal = new StopSignal();
            Duration time = random.nextBoolean() ? Duration.ofHours(1) : Duration.ZERO;
            rounds.atOnce(
                List.of(
                    () -> {
                      signal.stop();
                      return null;
                    },
                    () -> sleeps(signal, time, scheduler)));
            assertThat(scheduler.getQueue()).isEmpty();
          });
    } finally {
      scheduler.shutdownNow();
    }
  }

  private static boolean sleeps(
      StopSignal signal, Duration time, ScheduledThreadPoolExecutor scheduler) {
    try {
      signal.sleep(time, scheduler);
      return true;
    } catch (StoppedException e) {
      return false;
    }
  }
}
