package io.github.reelbeam.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.HandDrivenExecutor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerialExecutorTest {
  private final HandDrivenExecutor threads = new HandDrivenExecutor();
  private final SerialExecutor serial = new SerialExecutor(threads);
  private final List<Integer> done = new ArrayList<>();

  @Test
  void runsNothingOnTheThreadThatGivesTheTask() {
    serial.execute(() -> done.add(1));
    assertThat(done).isEmpty();
  }

  @Test
  void runsTasksInTheirOrderOnOneThread() {
    IntStream.range(0, 5).forEach(n -> serial.execute(() -> done.add(n)));
    assertThat(threads.waiting()).isEqualTo(1);
    threads.runAll();
    assertThat(done).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void aTaskGivenByATaskComesAfterThoseThatWait() {
    serial.execute(() -> serial.execute(() -> done.add(3)));
    serial.execute(() -> done.add(1));
    serial.execute(() -> done.add(2));
    threads.runAll();
    assertThat(done).containsExactly(1, 2, 3);
  }

  @Test
  void goesOnAfterATaskThatThrows() {
    serial.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    serial.execute(() -> done.add(1));
    threads.runAll();
    serial.execute(() -> done.add(2));
    threads.runAll();
    assertThat(done).containsExactly(1, 2);
  }

  static List<Throwable> refusals() {
    return List.of(
        new RejectedExecutionException("shut down"),
        new IllegalStateException("a dead thread"),
        new Error("no thread"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void anExecutorThatRefusesDoesNoHarm(Throwable refusal) {
    SerialExecutor refused = new SerialExecutor(task -> refuse(refusal));
    refused.execute(() -> done.add(1));
    refused.execute(() -> done.add(2));
    assertThat(done).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatWasRefusedComesFirstWhenTheExecutorTakesTasksAgain(Throwable refusal) {
    AtomicBoolean full = new AtomicBoolean(true);
    SerialExecutor refused =
        new SerialExecutor(
            task -> {
              if (full.get()) {
                refuse(refusal);
              }
              threads.execute(task);
            });
    refused.execute(() -> done.add(1));
    refused.execute(() -> done.add(2));
    full.set(false);
    refused.execute(() -> done.add(3));
    threads.runAll();
    assertThat(done).containsExactly(1, 2, 3);
  }

  private static void refuse(Throwable refusal) {
    if (refusal instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) refusal;
  }

  @Test
  void twoTasksNeverRunAtOnceAndNoneIsLost() throws InterruptedException {
    int givers = 8;
    int each = 2000;
    ExecutorService pool = Executors.newFixedThreadPool(2 * givers);
    SerialExecutor busy = new SerialExecutor(pool);
    AtomicInteger inside = new AtomicInteger();
    List<String> overlaps = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch all = new CountDownLatch(givers * each);
    for (int giver = 0; giver < givers; giver++) {
      pool.execute(
          () -> {
            for (int i = 0; i < each; i++) {
              busy.execute(
                  () -> {
                    if (inside.incrementAndGet() > 1) {
                      overlaps.add("two at once");
                    }
                    inside.decrementAndGet();
                    all.countDown();
                  });
            }
          });
    }
    assertThat(all.await(30, TimeUnit.SECONDS)).as("all tasks ran").isTrue();
    pool.shutdown();
    assertThat(overlaps).isEmpty();
  }
}
