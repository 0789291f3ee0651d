package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.HandDrivenExecutor;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StopSignalTest {
  private final StopSignal signal = new StopSignal();
  private final ExecutorService workers = Executors.newCachedThreadPool();

  @AfterEach
  void endWorkers() {
    workers.shutdownNow();
  }

  @Test
  void checksPassUntilTheStop() throws StoppedException {
    signal.check();
    signal.stop();
    assertThatExceptionOfType(StoppedException.class).isThrownBy(signal::check);
  }

  @Test
  void givesTheResultOfTheWork() throws Exception {
    assertThat(signal.await(CompletableFuture.completedFuture("done"))).isEqualTo("done");
  }

  @Test
  void givesTheResultOfWorkThatWasDoneBeforeTheStop() throws Exception {
    signal.stop();
    assertThat(signal.await(CompletableFuture.completedFuture("done"))).isEqualTo("done");
  }

  @Test
  void aFailureOfTheWorkIsTheCause() {
    IllegalStateException failure = new IllegalStateException("on purpose");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> signal.await(CompletableFuture.failedFuture(failure)))
        .withCause(failure);
  }

  @Test
  void cancelledWorkIsAFailureOfTheWork() {
    CompletableFuture<String> work = new CompletableFuture<>();
    work.cancel(false);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> signal.await(work))
        .withCauseInstanceOf(CancellationException.class);
  }

  @Test
  void aStopEndsTheWaitForWorkAndLeavesTheWorkAlone() {
    CompletableFuture<String> work = new CompletableFuture<>();
    workers.execute(signal::stop);
    assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> signal.await(work));
    assertThat(work).isNotDone();
  }

  @Test
  void callsOnAnotherThread() throws Exception {
    assertThat(signal.call(Thread::currentThread, workers)).isNotSameAs(Thread.currentThread());
  }

  @Test
  void aFailureOfACallIsTheCause() {
    IllegalStateException failure = new IllegalStateException("on purpose");
    StopSignal.Blocking<String> call =
        () -> {
          throw failure;
        };
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> signal.call(call, workers))
        .withCause(failure);
  }

  @Test
  void aStopInterruptsTheCall() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    StopSignal.Blocking<String> call =
        () -> {
          signal.stop();
          try {
            never.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
          return "";
        };
    assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> signal.call(call, workers));
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nothingIsCalledAfterTheStop() {
    HandDrivenExecutor executor = new HandDrivenExecutor();
    signal.stop();
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(() -> signal.call(() -> "", executor));
    assertThat(executor.waiting()).isZero();
  }

  @Test
  void sleepsAsLongAsItIsTold() throws StoppedException {
    HandDrivenScheduler scheduler = HandDrivenScheduler.immediate();
    signal.sleep(Duration.ofSeconds(7), scheduler);
    assertThat(scheduler.delays()).containsExactly(Duration.ofSeconds(7));
    scheduler.shutdownNow();
  }

  @Test
  void aStopEndsTheSleepAndItsTimer() {
    HandDrivenScheduler scheduler = HandDrivenScheduler.endless(signal::stop);
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(() -> signal.sleep(Duration.ofHours(1), scheduler));
    assertThat(scheduler.running()).isZero();
    scheduler.shutdownNow();
  }
}
