package io.github.reelbeam.benchmarks.harness;

import io.github.reelbeam.benchmarks.harness.Summary.Row;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How many times the first entrant's time and CPU the others take: one bar each. */
final class RatioChart {
  /** Told apart also by those who do not see all colours. */
  private static final Color[] COLOURS = {
    new Color(0x0072B2),
    new Color(0x56B4E9),
    new Color(0x009E73),
    new Color(0x999999),
    new Color(0xE69F00),
    new Color(0xCC79A7),
    new Color(0xD55E00),
    new Color(0xF0E442)
  };

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
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setChartBackgroundColor(Color.WHITE)
        .setSeriesColors(COLOURS);
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
