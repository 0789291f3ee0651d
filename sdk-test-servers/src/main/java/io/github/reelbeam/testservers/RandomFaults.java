package io.github.reelbeam.testservers;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.github.reelbeam.testservers.RequestHead.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A script for a {@link FaultProxy}, before a store or a backend, that is drawn by lot and can be
 * played again: what happens to a request depends on the seed, on which upload it belongs to, on
 * what it asks for, on its part number and on how many like it there were before, and on nothing
 * else. Neither the times nor the threads of a run matter.
 *
 * <p>No request meets more than {@link Builder#mostInARow} faults in a row, so that a client ends
 * that tries once more than that.
 *
 * <p>Safe for use by several threads.
 */
public final class RandomFaults implements Function<RequestHead, Fault> {

  private record Request(int upload, Kind kind, int part) {}

  private final long seed;
  private final double rate;
  private final Map<Kind, Double> rates;
  private final int mostInARow;
  private final Map<FaultKind, Integer> weights;
  private final ToIntFunction<RequestHead> uploadOf;
  private final Map<Request, AtomicInteger> attempts = new ConcurrentHashMap<>();
  private final Map<FaultKind, LongAdder> drawn = new ConcurrentHashMap<>();

  private RandomFaults(Builder builder) {
    this.seed = builder.seed;
    this.rate = builder.rate;
    this.rates = Map.copyOf(builder.rates);
    this.mostInARow = builder.mostInARow;
    this.weights = new EnumMap<>(builder.weights);
    this.uploadOf = requireNonNullElse(builder.uploadOf, new InOrderOfFirstSight());
  }

  /** Starts with the defaults that each setter names. */
  public static Builder seeded(long seed) {
    return new Builder(seed);
  }

  /** What plays this again. */
  public long seed() {
    return seed;
  }

  /** The fault for the next request of this kind; {@link Fault.Pass} if there is none. */
  @Override
  public Fault apply(RequestHead head) {
    Request request =
        new Request(uploadOf.applyAsInt(head), head.kind(), head.partNumber().orElse(0));
    int attempt =
        attempts.computeIfAbsent(request, unused -> new AtomicInteger()).incrementAndGet();
    FaultKind kind = kindOf(request, attempt).orElse(null);
    if (kind == null) {
      return Fault.pass();
    }
    drawn.computeIfAbsent(kind, unused -> new LongAdder()).increment();
    return kind.of(head, details(request, attempt));
  }

  /**
   * What happens to a request, without counting it.
   *
   * @param part the part number, or 0
   * @param attempt from 1
   */
  public Optional<FaultKind> kindOf(int upload, Kind request, int part, int attempt) {
    return kindOf(new Request(upload, request, part), attempt);
  }

  private Optional<FaultKind> kindOf(Request request, int attempt) {
    Optional<FaultKind> kind = Optional.empty();
    int inARow = 0;
    for (int each = 1; each <= attempt; each++) {
      kind = inARow < mostInARow ? draw(request, each) : Optional.empty();
      inARow = kind.isPresent() ? inARow + 1 : 0;
    }
    return kind;
  }

  private Optional<FaultKind> draw(Request request, int attempt) {
    SplittableRandom random = new SplittableRandom(mix(request, attempt, 0));
    if (random.nextDouble() >= rates.getOrDefault(request.kind(), rate)) {
      return Optional.empty();
    }
    List<FaultKind> suiting =
        Stream.of(FaultKind.values()).filter(kind -> kind.suits(request.kind())).toList();
    int sum = suiting.stream().mapToInt(this::weight).sum();
    int lot = sum == 0 ? 0 : random.nextInt(sum);
    for (FaultKind kind : suiting) {
      lot -= weight(kind);
      if (lot < 0) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private int weight(FaultKind kind) {
    return weights.getOrDefault(kind, 0);
  }

  private SplittableRandom details(Request request, int attempt) {
    return new SplittableRandom(mix(request, attempt, 1));
  }

  private long mix(Request request, int attempt, int purpose) {
    // hashed first, lest the second upload of a seed be the first one of the next
    long mixed = new SplittableRandom(seed).nextLong();
    for (int value :
        new int[] {
          request.upload(), request.kind().name().hashCode(), request.part(), attempt, purpose
        }) {
      mixed = new SplittableRandom(mixed + value).nextLong();
    }
    return mixed;
  }

  /** How many faults of each kind there have been. */
  public Map<FaultKind, Long> drawn() {
    Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
    drawn.forEach((kind, count) -> counts.put(kind, count.sum()));
    return Collections.unmodifiableMap(counts);
  }

  /** Names the seed. */
  @Override
  public String toString() {
    return "RandomFaults[seed=" + seed + ", rate=" + rate + ", mostInARow=" + mostInARow + "]";
  }

  /**
   * Uploads by the object's key, and notifications by their idempotency key. A grant or a renewal
   * does not say for which upload it is: all of them count as one.
   */
  private static final class InOrderOfFirstSight implements ToIntFunction<RequestHead> {
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();

    @Override
    public int applyAsInt(RequestHead head) {
      return switch (head.kind()) {
        case GRANT, RENEWAL, OTHER -> 0;
        case NOTIFICATION -> number(head.header("idempotency-key").orElse(""));
        default -> number(head.path());
      };
    }

    private int number(String name) {
      return numbers.computeIfAbsent(name, unused -> last.incrementAndGet());
    }
  }

  /** Collects the settings. Not safe for use by several threads. */
  public static final class Builder {
    private final long seed;
    private double rate = 0.1;
    private final Map<Kind, Double> rates = new EnumMap<>(Kind.class);
    private int mostInARow = 2;
    private final Map<FaultKind, Integer> weights = new EnumMap<>(FaultKind.class);
    private @Nullable ToIntFunction<RequestHead> uploadOf;

    private Builder(long seed) {
      this.seed = seed;
      for (FaultKind kind : FaultKind.values()) {
        weights.put(kind, kind.usualWeight());
      }
    }

    /** The share of requests that go wrong, from 0 to 1; 0.1 unless set. */
    public Builder rate(double share) {
      this.rate = share;
      return this;
    }

    /** The share of the requests of one kind; that of all unless set. */
    public Builder rate(Kind request, double share) {
      rates.put(request, share);
      return this;
    }

    /** How many faults a request meets before it is let through once; 2 unless set. */
    public Builder mostInARow(int faults) {
      this.mostInARow = faults;
      return this;
    }

    /** How often a kind is drawn among others; {@link FaultKind#usualWeight} unless set. */
    public Builder weight(FaultKind kind, int weight) {
      weights.put(kind, weight);
      return this;
    }

    /** Draws these kinds and no others, by these weights. */
    public Builder weights(Map<FaultKind, Integer> all) {
      weights.clear();
      weights.putAll(all);
      return this;
    }

    /**
     * Tells the uploads of a run apart, by numbers that are the same when it is played again. Keys
     * are not: they are made up anew each time. Unless set, uploads get numbers in the order in
     * which their keys are first seen, which is the same again if they begin one after the other.
     */
    public Builder uploadOf(ToIntFunction<RequestHead> number) {
      this.uploadOf = requireNonNull(number);
      return this;
    }

    /** Makes the script. */
    public RandomFaults build() {
      return new RandomFaults(this);
    }
  }
}
