package io.github.reelbeam;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Round after round of real threads that do things at random, at the same moment. A failure names
 * the seed of its round; the system property {@code reelbeam.seed} begins with that one.
 */
public final class Rounds implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final long firstSeed = Long.getLong("reelbeam.seed", System.nanoTime());

  /** What one round does. */
  @FunctionalInterface
  public interface Round {
    void run(Random random) throws Exception;
  }

  /** Plays rounds for so long, but also on a busy machine so many. */
  public void play(Duration time, int least, Round round) {
    long end = System.nanoTime() + time.toNanos();
    int rounds = 0;
    do {
      long seed = firstSeed + rounds++;
      try {
        round.run(new Random(seed));
      } catch (Exception | Error e) {
        throw new AssertionError("round " + rounds + ", -Dreelbeam.seed=" + seed, e);
      }
    } while (rounds < least || System.nanoTime() < end);
  }

  /** Does all these things, each on a thread of its own, as nearly at once as can be. */
  public void atOnce(List<Callable<?>> actions) throws Exception {
    CyclicBarrier start = new CyclicBarrier(actions.size());
    List<Future<?>> running = new ArrayList<>();
    for (Callable<?> action : actions) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                return action.call();
              }));
    }
    for (Future<?> each : running) {
      each.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The threads, for whoever needs some of their own. */
  public ExecutorService threads() {
    return threads;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    await("the end of all threads").atMost(LONGEST).until(threads::isTerminated);
  }
}
