package io.github.reelbeam.benchmarks.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The medians of one cell.
 *
 * @param mode warm, cold or memory
 * @param cell the load
 * @param rows one for each entrant, in the order of the settings
 */
record Summary(String mode, String cell, List<Row> rows) {

  /**
   * An entrant's medians.
   *
   * @param entrant who
   * @param median of each figure by itself
   * @param wallRatio what the first entrant took of this one's time, as the median of the rounds
   * @param cpuRatio the same of the CPU
   * @param rounds how many
   */
  record Row(Entrant entrant, Measurement median, double wallRatio, double cpuRatio, int rounds) {}

  /** Cells and entrants in the order in which they first appear. */
  static List<Summary> of(List<Entrant> order, List<Result> results) {
    Map<String, List<Result>> cells = new LinkedHashMap<>();
    for (Result result : results) {
      cells
          .computeIfAbsent(result.mode() + " " + result.cell(), cell -> new ArrayList<>())
          .add(result);
    }
    return cells.values().stream().map(cell -> cell(order, cell)).toList();
  }

  private static Summary cell(List<Entrant> order, List<Result> results) {
    List<Result> first = of(order.get(0), results);
    List<Row> rows = new ArrayList<>();
    for (Entrant entrant : order) {
      List<Result> own = of(entrant, results);
      if (!own.isEmpty()) {
        rows.add(
            new Row(
                entrant,
                new Measurement(
                    median(own, Measurement::wall),
                    median(own, Measurement::cpu),
                    median(own, Measurement::allocated),
                    median(own, Measurement::peak),
                    median(own, Measurement::storeCpu)),
                ratio(first, own, Measurement::wall),
                ratio(first, own, Measurement::cpu),
                own.size()));
      }
    }
    return new Summary(results.get(0).mode(), results.get(0).cell(), rows);
  }

  private static List<Result> of(Entrant entrant, List<Result> results) {
    return results.stream()
        .filter(result -> result.entrant().equals(entrant))
        .sorted(Comparator.comparingInt(Result::round))
        .toList();
  }

  private static double median(List<Result> results, ToDoubleFunction<Measurement> figure) {
    return median(results.stream().map(Result::measurement).mapToDouble(figure).toArray());
  }

  /** Round by round: what slows a round down slows both. */
  private static double ratio(
      List<Result> first, List<Result> own, ToDoubleFunction<Measurement> figure) {
    double[] ratios = new double[Math.min(first.size(), own.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] =
          figure.applyAsDouble(first.get(i).measurement())
              / figure.applyAsDouble(own.get(i).measurement());
    }
    return median(ratios);
  }

  static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
