package io.github.reelbeam.benchmarks.harness;

import io.github.reelbeam.benchmarks.harness.Summary.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How many times the first entrant's time and CPU the others take: one bar each. */
final class RatioChart {
  private RatioChart() {}

  /**
   * @param summaries of one mode
   * @param file ends with {@code .svg}
   */
  static void write(String mode, List<Summary> summaries, Path file) throws IOException {
    List<Row> entrants = summaries.get(0).rows();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(1100)
            .height(520)
            .title(mode + ": times as much as " + entrants.get(0).entrant().title())
            .build();
    chart.getStyler().setXAxisLabelRotation(30).setYAxisMin(0.0).setToolTipsEnabled(false);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    List<String> categories = new ArrayList<>();
    for (Summary summary : summaries) {
      categories.add(summary.cell() + " time");
      categories.add(summary.cell() + " CPU");
    }
    for (Row entrant : entrants) {
      List<Double> bars = new ArrayList<>();
      for (Summary summary : summaries) {
        Row row =
            summary.rows().stream()
                .filter(candidate -> candidate.entrant().equals(entrant.entrant()))
                .findFirst()
                .orElseThrow();
        bars.add(1 / row.wallRatio());
        bars.add(1 / row.cpuRatio());
      }
      chart.addSeries(entrant.entrant().title(), categories, bars);
    }
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
  }
}
