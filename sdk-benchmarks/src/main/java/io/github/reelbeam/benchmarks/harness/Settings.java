package io.github.reelbeam.benchmarks.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run; each is a system property {@code benchmark.NAME}.
 *
 * @param target the module's build folder, where everything is written
 * @param modes warm, cold, memory
 * @param loads for the first two
 * @param entrants who takes part; the others are compared with the first
 * @param rounds how often each load is measured
 * @param uploads how many of a load make a warm round; as many as make 256 MiB by default, but no
 *     more than 100
 * @param warmUp how long each warm JVM works before that
 * @param scheme http or https
 * @param jvmOptions for all contestants
 * @param memory loads and heaps for the mode memory
 * @param docs where tables and charts are put too, if anywhere
 */
record Settings(
    Path target,
    List<String> modes,
    List<Load> loads,
    List<Entrant> entrants,
    int rounds,
    Optional<Integer> uploads,
    Duration warmUp,
    String scheme,
    List<String> jvmOptions,
    List<MemoryCell> memory,
    Optional<Path> docs) {

  /**
   * A heap and what is to be uploaded with it.
   *
   * @param load what is uploaded
   * @param heap as {@code -Xmx} takes it
   */
  record MemoryCell(Load load, String heap) {
    static MemoryCell parse(String text) {
      String[] halves = text.split("@", 2);
      return new MemoryCell(Load.parse(halves[0]), halves[1]);
    }

    String title() {
      return load.title() + ", -Xmx" + heap;
    }
  }

  /**
   * @param property gives a property, or null; one that is empty counts as missing
   */
  static Settings from(Function<String, @Nullable String> property) {
    Function<String, Optional<String>> given =
        name -> Optional.ofNullable(property.apply("benchmark." + name)).filter(s -> !s.isBlank());
    return new Settings(
        Path.of(given.apply("target").orElse("target")).toAbsolutePath(),
        list(given.apply("modes").orElse("warm,cold"), Function.identity()),
        list(given.apply("loads").orElse("1m,10m,100m,1g,200x1m"), Load::parse),
        list(
            given
                .apply("contestants")
                .orElse(
                    "reelbeam,reelbeam cds,reelbeam-adaptive,reelbeam-durable,netty,crt,sdk-v1,minio"),
            Entrant::parse),
        Integer.parseInt(given.apply("rounds").orElse("5")),
        given.apply("uploads").map(Integer::valueOf),
        Duration.ofSeconds(Integer.parseInt(given.apply("warmUp").orElse("20"))),
        given.apply("scheme").orElse("https"),
        given.apply("jvm").map(s -> Arrays.asList(s.split(" +", -1))).orElse(List.of()),
        list(given.apply("memory").orElse("1g@64m,20g@64m,1g@24m"), MemoryCell::parse),
        given.apply("docs").map(Path::of));
  }

  private static <T> List<T> list(String text, Function<String, T> parser) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(parser).toList();
  }

  /** For scratch files and logs of the processes. */
  Path scratch() {
    return target.resolve("benchmark");
  }
}
