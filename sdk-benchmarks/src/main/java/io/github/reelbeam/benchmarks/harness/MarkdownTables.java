package io.github.reelbeam.benchmarks.harness;

import io.github.reelbeam.benchmarks.harness.Summary.Row;
import java.util.List;
import java.util.Locale;

/** The summaries as tables that people read. */
final class MarkdownTables {
  private MarkdownTables() {}

  static String of(List<Summary> summaries) {
    StringBuilder text = new StringBuilder();
    for (Summary summary : summaries) {
      text.append("### ").append(summary.cell()).append(", ").append(summary.mode()).append("\n\n");
      text.append(
          summary.mode().equals("memory")
              ? memory(summary)
              : rounds(summary, summary.mode().equals("warm")));
      text.append('\n');
    }
    return text.toString();
  }

  private static String rounds(Summary summary, boolean withAllocation) {
    String first = summary.rows().get(0).entrant().title();
    StringBuilder table =
        new StringBuilder("| client | wall | CPU |")
            .append(withAllocation ? " allocated |" : "")
            .append(
                " peak RSS | wall of %1$s ÷ its own | CPU of %1$s ÷ its own |\n".formatted(first))
            .append(
                withAllocation ? "|---|--:|--:|--:|--:|--:|--:|\n" : "|---|--:|--:|--:|--:|--:|\n");
    for (Row row : summary.rows()) {
      Measurement median = row.median();
      table.append(
          format(
              "| %s | %s | %s |%s %s | %.2f | %.2f |\n",
              row.entrant().title(),
              seconds(median.wall()),
              seconds(median.cpu()),
              withAllocation ? " " + mebibytes(median.allocated()) + " |" : "",
              mebibytes(median.peak()),
              row.wallRatio(),
              row.cpuRatio()));
    }
    return table.toString();
  }

  private static String memory(Summary summary) {
    StringBuilder table =
        new StringBuilder("| client | peak RSS | wall | CPU |\n|---|--:|--:|--:|\n");
    for (Row row : summary.rows()) {
      Measurement median = row.median();
      table.append(
          Double.isNaN(median.wall())
              ? format("| %s | fails | | |\n", row.entrant().title())
              : format(
                  "| %s | %s | %s | %s |\n",
                  row.entrant().title(),
                  mebibytes(median.peak()),
                  seconds(median.wall()),
                  seconds(median.cpu())));
    }
    return table.toString();
  }

  private static String seconds(double seconds) {
    return seconds < 0.1 ? format("%.1f ms", seconds * 1000) : format("%.2f s", seconds);
  }

  private static String mebibytes(double bytes) {
    double mebibytes = bytes / (1 << 20);
    return Double.isNaN(bytes) ? "" : format(mebibytes < 10 ? "%.1f MiB" : "%.0f MiB", mebibytes);
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
