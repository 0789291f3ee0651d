package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerThreadsTest {
  private final WorkerThreads threads = new WorkerThreads();

  @AfterEach
  void close() {
    threads.close();
  }

  private static Thread self() {
    return Thread.currentThread();
  }

  @Test
  void theirThreadsKeepNoJvmAlive() throws Exception {
    assertThat(threads.workers().submit(WorkerThreadsTest::self).get().isDaemon()).isTrue();
    assertThat(
            threads
                .scheduler()
                .schedule(WorkerThreadsTest::self, 0, TimeUnit.SECONDS)
                .get()
                .isDaemon())
        .isTrue();
  }

  @Test
  void theirThreadsHaveNamesThatTellWhoseTheyAre() throws Exception {
    assertThat(threads.workers().submit(WorkerThreadsTest::self).get().getName())
        .startsWith("reelbeam-worker-");
    assertThat(
            threads
                .scheduler()
                .schedule(WorkerThreadsTest::self, 0, TimeUnit.SECONDS)
                .get()
                .getName())
        .startsWith("reelbeam-timer-");
  }

  @Test
  void thereIsAWorkerForEveryBlockingCall() throws InterruptedException {
    int calls = 50;
    CountDownLatch all = new CountDownLatch(calls);
    for (int i = 0; i < calls; i++) {
      threads
          .workers()
          .execute(
              () -> {
                all.countDown();
                try {
                  all.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }
    assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closingLetsTheLastEventsOut() {
    AtomicBoolean heard = new AtomicBoolean();
    threads.workers().execute(() -> heard.set(true));
    threads.close();
    assertThat(heard).isTrue();
  }

  @Test
  void closingEndsTimers() {
    ScheduledFuture<?> timer = threads.scheduler().schedule(() -> {}, 1, TimeUnit.DAYS);
    threads.close();
    assertThat(threads.scheduler().shutdownNow()).doesNotContain((Runnable) timer);
    assertThat(threads.scheduler().isShutdown()).isTrue();
  }

  @Test
  void nothingIsTakenAfterClosing() {
    threads.close();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> threads.workers().execute(() -> {}));
  }

  @Test
  void closingTwiceIsClosingOnce() {
    threads.close();
    threads.close();
    assertThat(threads.workers().isTerminated()).isTrue();
  }

  /** A listener may close the uploader from within its last event. */
  @Test
  void closingFromAWorkerDoesNotWaitForItself() throws ExecutionException, InterruptedException {
    long before = System.nanoTime();
    Future<?> closing = threads.workers().submit(threads::close);
    assertThat(closing.get()).isNull();
    assertThat(System.nanoTime() - before).isLessThan(TimeUnit.MILLISECONDS.toNanos(1500));
  }

  @Test
  void closingOnAnInterruptedThreadKeepsTheInterrupt() {
    CountDownLatch never = new CountDownLatch(1);
    Future<?> blocked =
        threads
            .workers()
            .submit(
                () -> {
                  never.await();
                  return null;
                });
    Thread.currentThread().interrupt();
    threads.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(blocked).isNotDone();
    never.countDown();
  }
}
