package io.github.reelbeam.soak;

import io.github.reelbeam.testservers.LinkFault;
import io.github.reelbeam.testservers.LinkFault.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * What a round does, drawn from its seed and nothing else.
 *
 * @param seed plays the round again
 * @param sizes of the files, in bytes, each an upload
 * @param parallelism parts in flight
 * @param faultRate the share of requests that go wrong
 * @param linkFaultRate the share of connections that go wrong
 * @param bytesPerSecond what the network carries
 * @param deeds what people and phones do meanwhile, in order of time
 * @param kills when the process is killed, after each start; empty for a round in this process
 */
record SoakPlan(
    long seed,
    List<Long> sizes,
    int parallelism,
    double faultRate,
    double linkFaultRate,
    long bytesPerSecond,
    List<Event> deeds,
    List<Duration> kills) {

  private static final int MIB = 1 << 20;
  private static final long PART = 5L * MIB;
  private static final long[] SIZES = {
    1, 1000, 70_000, MIB, PART, PART + 1, PART + MIB, 2 * PART, 2 * PART + 12_345, 3 * PART + 1
  };
  private static final double[] FAULT_RATES = {0, 0.05, 0.1, 0.2, 0.3};
  private static final double[] LINK_FAULT_RATES = {0, 0, 0.05, 0.15};
  private static final long[] RATES = {20L * MIB, 60L * MIB, 1000L * MIB};
  private static final int LATEST_DEED = 2500;

  /** What is done to an upload, to the app, or to the machine it runs on. */
  enum Deed {
    PAUSE(5),
    RESUME(5),
    CANCEL(1),
    /** The app closes its uploader, and starts another one. */
    RESTART(2),
    /** The network goes, and comes back with the next deed of this kind. */
    FLIP_NETWORK(3),
    /** All credentials handed out so far are good no more. */
    EXPIRE(2),
    SET_CLOCK(2);

    private final int weight;

    Deed(int weight) {
      this.weight = weight;
    }
  }

  /**
   * One deed.
   *
   * @param at after the start of the round
   * @param file which of the files, from 0
   * @param amount by which the clock is off
   */
  record Event(Duration at, Deed deed, int file, Duration amount) {}

  static SoakPlan draw(long seed) {
    Random random = new Random(new SplittableRandom(seed).nextLong());
    boolean killed = random.nextInt(5) == 0;
    int files = killed ? 1 : 1 + random.nextInt(4);
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      sizes.add(SIZES[random.nextInt(SIZES.length)]);
    }
    return new SoakPlan(
        seed,
        sizes,
        1 + random.nextInt(4),
        FAULT_RATES[random.nextInt(FAULT_RATES.length)],
        LINK_FAULT_RATES[random.nextInt(LINK_FAULT_RATES.length)],
        RATES[random.nextInt(RATES.length)],
        killed ? List.of() : deeds(random, files),
        killed ? kills(random) : List.of());
  }

  private static List<Event> deeds(Random random, int files) {
    List<Event> deeds = new ArrayList<>();
    for (int left = random.nextInt(8); left > 0; left--) {
      Duration at = Duration.ofMillis(random.nextInt(LATEST_DEED));
      Duration amount = Duration.ofMinutes(random.nextInt(241) - 120);
      deeds.add(new Event(at, deed(random), random.nextInt(files), amount));
    }
    deeds.sort(Comparator.comparing(Event::at));
    return List.copyOf(deeds);
  }

  private static Deed deed(Random random) {
    int sum = 0;
    for (Deed deed : Deed.values()) {
      sum += deed.weight;
    }
    int lot = random.nextInt(sum);
    for (Deed deed : Deed.values()) {
      lot -= deed.weight;
      if (lot < 0) {
        return deed;
      }
    }
    throw new AssertionError("weights do not add up");
  }

  private static List<Duration> kills(Random random) {
    List<Duration> kills = new ArrayList<>();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      kills.add(Duration.ofMillis(200 + random.nextInt(2300)));
    }
    return List.copyOf(kills);
  }

  boolean isKilled() {
    return !kills.isEmpty();
  }

  /** What happens to a connection, by its number. */
  LinkFault linkFault(int connection) {
    SplittableRandom random = new SplittableRandom(seed * 31 + connection);
    if (random.nextDouble() >= linkFaultRate) {
      return LinkFault.none();
    }
    Direction direction = random.nextBoolean() ? Direction.UP : Direction.DOWN;
    long bytes = direction == Direction.UP ? random.nextLong(PART) : random.nextLong(2000);
    return switch (random.nextInt(6)) {
      case 0 -> new LinkFault.Refuse();
      case 1 -> new LinkFault.Silence();
      case 2 -> new LinkFault.EndAfter(direction, bytes);
      case 3 -> new LinkFault.StallAfter(direction, bytes);
      default -> new LinkFault.ResetAfter(direction, bytes);
    };
  }
}
