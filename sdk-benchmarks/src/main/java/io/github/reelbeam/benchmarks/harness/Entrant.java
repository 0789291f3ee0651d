package io.github.reelbeam.benchmarks.harness;

import java.util.Arrays;
import java.util.List;

/**
 * A contestant and what its JVM is started with.
 *
 * @param rival who
 * @param archived whether its classes come from a class-data archive, made beforehand; at cold
 *     starts only
 * @param jvmOptions besides those that all get
 */
record Entrant(Rival rival, boolean archived, List<String> jvmOptions) {
  private static final String ARCHIVED = "cds";

  /** Understands {@code reelbeam}, {@code reelbeam cds} and {@code reelbeam -Xmx64m}. */
  static Entrant parse(String text) {
    List<String> words = Arrays.asList(text.strip().split(" +", -1));
    List<String> rest = words.subList(1, words.size());
    List<String> options = rest.stream().filter(word -> !word.equals(ARCHIVED)).toList();
    options.stream()
        .filter(option -> !option.startsWith("-"))
        .findAny()
        .ifPresent(
            option -> {
              throw new IllegalArgumentException("no option of a JVM: " + option);
            });
    return new Entrant(Rival.of(words.get(0)), rest.contains(ARCHIVED), options);
  }

  String title() {
    return rival.title()
        + (archived ? ", class-data archive" : "")
        + (jvmOptions.isEmpty() ? "" : ", " + String.join(" ", jvmOptions));
  }
}
