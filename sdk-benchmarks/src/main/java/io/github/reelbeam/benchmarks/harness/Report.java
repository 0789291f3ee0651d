package io.github.reelbeam.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes what is known so far: every round as CSV, the medians as Markdown, the ratios as charts.
 * On request the last two go into {@code docs/performance.md} too, between lines that say {@code
 * <!-- begin: warm -->} and {@code <!-- end: warm -->}.
 */
final class Report {
  private final Settings settings;
  private final List<Result> results = new ArrayList<>();

  Report(Settings settings) {
    this.settings = settings;
  }

  void add(Result result) {
    results.add(result);
    Measurement it = result.measurement();
    System.out.printf(
        Locale.ROOT,
        "%s %s, round %d: %s: %.3f s, %.3f CPU-s, peak %.0f MiB, store %.3f CPU-s%n",
        result.mode(),
        result.cell(),
        result.round(),
        result.entrant().title(),
        it.wall(),
        it.cpu(),
        it.peak() / (1 << 20),
        it.storeCpu());
  }

  /** Returns the tables. */
  String write() throws IOException {
    List<Summary> summaries = Summary.of(settings.entrants(), results);
    Path folder = settings.scratch();
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("rounds.csv"), csv());
    String tables = MarkdownTables.of(summaries);
    Files.writeString(folder.resolve("performance.md"), tables);
    Map<String, List<Summary>> modes =
        summaries.stream()
            .collect(Collectors.groupingBy(Summary::mode, LinkedHashMap::new, Collectors.toList()));
    for (Map.Entry<String, List<Summary>> mode : modes.entrySet()) {
      write(mode.getKey(), mode.getValue(), folder);
    }
    return tables;
  }

  private void write(String mode, List<Summary> summaries, Path folder) throws IOException {
    String chart = "performance-" + mode + ".svg";
    boolean drawn = !mode.equals("memory");
    if (drawn) {
      RatioChart.write(mode, summaries, folder.resolve(chart));
    }
    Optional<Path> docs = settings.docs();
    if (docs.isPresent()) {
      if (drawn) {
        RatioChart.write(mode, summaries, docs.get().resolve(chart));
      }
      Path page = docs.get().resolve("performance.md");
      Files.writeString(page, replaced(Files.readString(page), mode, MarkdownTables.of(summaries)));
    }
  }

  /** Puts the text where the page has the markers of the mode. */
  static String replaced(String page, String mode, String text) {
    String begin = "<!-- begin: " + mode + " -->\n";
    String end = "<!-- end: " + mode + " -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("the page has no place for " + mode);
    }
    return page.substring(0, from + begin.length()) + "\n" + text + page.substring(to);
  }

  private String csv() {
    return results.stream()
        .map(
            result ->
                String.format(
                    Locale.ROOT,
                    "%s,%s,\"%s\",%d,%.4f,%.4f,%.0f,%.0f,%.4f%n",
                    result.mode(),
                    result.cell(),
                    result.entrant().title(),
                    result.round(),
                    result.measurement().wall(),
                    result.measurement().cpu(),
                    result.measurement().allocated(),
                    result.measurement().peak(),
                    result.measurement().storeCpu()))
        .collect(
            Collectors.joining(
                "",
                "mode,cell,client,round,wall_s,cpu_s,allocated_bytes,peak_bytes,store_cpu_s\n",
                ""));
  }
}
