package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.internal.pipeline.Turns.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TurnsTest {
  private final List<String> called = new ArrayList<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private Turns turns = new Turns(1);

  /**
   * One step: {@code +a} arrives and asks, {@code ?a} asks again, {@code -a} gives its turn back,
   * {@code /a} leaves the line, {@code ^a} becomes HIGH, {@code _a} becomes LOW.
   */
  private String step(char what, String who) {
    if (what == '+') {
      places.put(who, turns.arrive(UploadPriority.NORMAL, () -> called.add(who)));
    }
    Place place = Objects.requireNonNull(places.get(who));
    switch (what) {
      case '+', '?' -> {
        return turns.ask(place) ? who : "";
      }
      case '-' -> {
        int before = called.size();
        turns.giveBack(place).run();
        return String.join("", called.subList(before, called.size()));
      }
      case '/' -> {
        return turns.leave(place) ? "" : "!";
      }
      case '^' -> turns.prioritize(place, UploadPriority.HIGH);
      case '_' -> turns.prioritize(place, UploadPriority.LOW);
      default -> throw new IllegalArgumentException(what + who);
    }
    return "";
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("first come, first served", 1, "+a +b +c -a -b -c", "a . . b c ."),
        Arguments.of("as many as there are turns", 2, "+a +b +c +d -b -a", "a b . . c d"),
        Arguments.of("a free turn is had at once", 1, "+a -a +b", "a . b"),
        Arguments.of("whoever has a turn has one", 2, "+a ?a +b +c", "a a b ."),
        Arguments.of("who waits is in line once", 1, "+a +b ?b -a -b", "a . . b ."),
        Arguments.of("a turn is given back once", 1, "+a +b +c -a -a", "a . . b ."),
        Arguments.of("who has none gives none", 1, "+a +b +c -b -a", "a . . . b"),
        Arguments.of("who has left is passed over", 1, "+a +b +c /b -a", "a . . . c"),
        Arguments.of("who has a turn is not in line", 1, "+a +b -a /b", "a . b !"),
        Arguments.of("who was never in line", 1, "+a +b /b /b", "a . . !"),
        Arguments.of("a place is kept while away", 1, "+a +b +c /b ?b -a", "a . . . . b"),
        Arguments.of("so it is by who had a turn", 1, "+a +b +c -a ?a -b -a", "a . . b . a c"),
        Arguments.of("the high one overtakes", 1, "+a +b +c ^c -a -c", "a . . . c b"),
        Arguments.of("the low one is overtaken", 1, "+a +b +c _b -a -c", "a . . . c b"),
        Arguments.of("equals as they came", 1, "+a +b +c +d ^d ^c -a -c -d", "a . . . . . c d b"),
        Arguments.of("back again", 1, "+a +b +c ^c _c -a", "a . . . . b"),
        Arguments.of("a turn is not taken away", 1, "+a +b ^b -b", "a . . ."),
        Arguments.of("high before it asks", 1, "+a +b +c /c ^c ?c -a", "a . . . . . c"),
        Arguments.of("high with a turn, kept for later", 1, "+a +b ^a -a ?a -b", "a . . b . a"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void goesRound(String why, int most, String steps, String expected) {
    turns = new Turns(most);
    List<String> answers =
        Stream.of(steps.split(" "))
            .map(step -> step(step.charAt(0), step.substring(1)))
            .map(answer -> answer.isEmpty() ? "." : answer)
            .toList();
    assertThat(String.join(" ", answers)).as(why).isEqualTo(expected);
  }

  /** Whatever happens, no turn is had twice or lost. */
  @Test
  void noTurnIsLost() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int most = 1 + random.nextInt(3);
      turns = new Turns(most);
      places.clear();
      for (int i = 0; i < 6; i++) {
        step('+', "p" + i);
      }
      for (int i = 0; i < 60; i++) {
        step("?-/^_".charAt(random.nextInt(5)), "p" + random.nextInt(6));
      }
      places.keySet().forEach(who -> step('/', who));
      places.keySet().forEach(who -> step('-', who));
      long free = places.keySet().stream().filter(who -> !step('?', who).isEmpty()).count();
      assertThat(free).as("turns left with seed %d", seed).isEqualTo(most);
    }
  }
}
