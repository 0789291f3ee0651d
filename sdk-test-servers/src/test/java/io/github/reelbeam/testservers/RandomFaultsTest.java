package io.github.reelbeam.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.reelbeam.testservers.RequestHead.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomFaultsTest {
  private static final int PART = 5 << 20;

  private static RequestHead part(String key, int number) {
    return new RequestHead(
        "PUT",
        "/videos/" + key + "?partNumber=" + number + "&uploadId=u",
        Map.of("content-length", Integer.toString(PART)),
        1);
  }

  private static RequestHead notification(String idempotencyKey) {
    return new RequestHead("POST", "/api/v1/video", Map.of("idempotency-key", idempotencyKey), 1);
  }

  /** What becomes of the parts of an upload, each sent so many times, in one order or another. */
  private static Map<Integer, List<Fault>> outcomes(
      RandomFaults faults, String key, List<Integer> order) {
    Map<Integer, List<Fault>> outcomes = new HashMap<>();
    for (int number : order) {
      outcomes
          .computeIfAbsent(number, unused -> new ArrayList<>())
          .add(faults.apply(part(key, number)));
    }
    return outcomes;
  }

  private static List<Integer> eachOf(int parts, int times) {
    return IntStream.rangeClosed(1, parts)
        .boxed()
        .flatMap(part -> Collections.nCopies(times, part).stream())
        .toList();
  }

  /** Everything that can be made again to the letter: clocks go on. */
  private static RandomFaults.Builder repeatable(long seed) {
    return RandomFaults.seeded(seed).weight(FaultKind.CLOCK_SKEW, 0);
  }

  @Test
  void playsARunAgainInWhateverOrderTheRequestsCome() {
    List<Integer> order = eachOf(200, 4);
    List<Integer> shuffled = new ArrayList<>(order);
    Collections.shuffle(shuffled, new Random(1));
    Map<Integer, List<Fault>> first = outcomes(repeatable(7).rate(0.5).build(), "a", order);
    Map<Integer, List<Fault>> second = outcomes(repeatable(7).rate(0.5).build(), "b", shuffled);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void playsARunAgainOnManyThreads() {
    Map<Integer, List<Fault>> first =
        outcomes(repeatable(8).rate(0.5).build(), "a", eachOf(300, 1));
    RandomFaults faults = repeatable(8).rate(0.5).build();
    Map<Integer, List<Fault>> second = new ConcurrentHashMap<>();
    IntStream.rangeClosed(1, 300)
        .parallel()
        .forEach(number -> second.put(number, List.of(faults.apply(part("b", number)))));
    assertThat(second).isEqualTo(first);
  }

  @Test
  void anotherSeedIsAnotherRun() {
    List<Integer> order = eachOf(200, 1);
    assertThat(outcomes(repeatable(1).rate(0.5).build(), "a", order))
        .isNotEqualTo(outcomes(repeatable(2).rate(0.5).build(), "a", order));
  }

  @Test
  void theUploadsOfARunDiffer() {
    RandomFaults faults = repeatable(1).rate(0.5).build();
    List<Integer> order = eachOf(200, 1);
    assertThat(outcomes(faults, "a", order)).isNotEqualTo(outcomes(faults, "b", order));
  }

  @Test
  void theCallerCanTellUploadsApart() {
    RandomFaults one = repeatable(1).rate(0.5).uploadOf(head -> 5).build();
    RandomFaults other = repeatable(1).rate(0.5).uploadOf(head -> 6).build();
    Function<RandomFaults, List<Fault>> grants =
        faults ->
            IntStream.range(0, 100)
                .mapToObj(
                    i -> faults.apply(new RequestHead("POST", "/api/v1/uploads", Map.of(), 1)))
                .toList();
    assertThat(grants.apply(one)).isNotEqualTo(grants.apply(other));
  }

  @Test
  void notificationsBelongToTheUploadWhoseKeyTheyBear() {
    RandomFaults faults = repeatable(3).rate(0.5).build();
    List<Fault> first =
        IntStream.range(0, 50).mapToObj(i -> faults.apply(notification("a"))).toList();
    List<Fault> second =
        IntStream.range(0, 50).mapToObj(i -> faults.apply(notification("b"))).toList();
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void letsARequestThroughAfterSoManyFaultsInARow() {
    RandomFaults faults = RandomFaults.seeded(4).rate(1).mostInARow(3).build();
    for (int number = 1; number <= 50; number++) {
      int part = number;
      assertThat(
              IntStream.rangeClosed(1, 8)
                  .mapToObj(attempt -> faults.kindOf(1, Kind.PART, part, attempt)))
          .extracting(Optional::isPresent)
          .containsExactly(true, true, true, false, true, true, true, false);
    }
  }

  @Test
  void keepsToTheRate() {
    RandomFaults faults =
        RandomFaults.seeded(5).rate(0.25).rate(Kind.COMPLETE, 0).mostInARow(100).build();
    long parts =
        IntStream.rangeClosed(1, 10_000)
            .filter(part -> faults.kindOf(1, Kind.PART, part, 1).isPresent())
            .count();
    assertThat(parts / 10_000.0).isCloseTo(0.25, within(0.03));
    assertThat(IntStream.rangeClosed(1, 100).mapToObj(i -> faults.kindOf(i, Kind.COMPLETE, 0, 1)))
        .allMatch(Optional::isEmpty);
  }

  @Test
  void keepsToTheWeightsAndCounts() {
    RandomFaults faults =
        RandomFaults.seeded(6)
            .rate(1)
            .weights(Map.of(FaultKind.DELAY, 1, FaultKind.DUPLICATE, 3))
            .build();
    outcomes(faults, "a", eachOf(8000, 1));
    assertThat(faults.drawn().keySet()).containsExactly(FaultKind.DELAY, FaultKind.DUPLICATE);
    assertThat(faults.drawn().get(FaultKind.DELAY)).isBetween(1800L, 2200L);
    assertThat(faults.drawn().values().stream().mapToLong(n -> n).sum()).isEqualTo(8000);
  }

  @Test
  void drawsNothingThatDoesNotSuit() {
    RandomFaults faults =
        RandomFaults.seeded(6).rate(1).weights(Map.of(FaultKind.OK_WITH_ERROR, 1)).build();
    assertThat(faults.apply(part("a", 1))).isEqualTo(Fault.pass());
    assertThat(faults.kindOf(1, Kind.COMPLETE, 0, 1)).contains(FaultKind.OK_WITH_ERROR);
  }

  @Test
  void drawsAllOfTheUsualKinds() {
    RandomFaults faults = RandomFaults.seeded(9).rate(1).build();
    Map<FaultKind, Integer> seen = new EnumMap<>(FaultKind.class);
    for (Kind request : Kind.values()) {
      for (int upload = 1; upload <= 500; upload++) {
        faults.kindOf(upload, request, 0, 1).ifPresent(kind -> seen.merge(kind, 1, Integer::sum));
      }
    }
    for (FaultKind kind : FaultKind.values()) {
      assertThat(seen.containsKey(kind)).as(kind.name()).isEqualTo(kind.usualWeight() > 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyKindSuitsARequestAndIsAFault(FaultKind kind) {
    assertThat(Kind.values()).anyMatch(kind::suits);
    assertThat(kind.of(part("a", 1), new SplittableRandom(1))).isNotEqualTo(Fault.pass());
  }

  @Test
  void connectionsEndWithinTheBody() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      Fault.ResetAfter reset = (Fault.ResetAfter) FaultKind.RESET_IN_BODY.of(part("a", 1), random);
      assertThat(reset.bodyBytes()).isBetween(0L, (long) PART);
    }
  }
}
