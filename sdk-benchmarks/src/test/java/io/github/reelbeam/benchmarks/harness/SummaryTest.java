package io.github.reelbeam.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reelbeam.benchmarks.harness.Summary.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Entrant REELBEAM = Entrant.parse("reelbeam");
  private static final Entrant CRT = Entrant.parse("crt");

  private static Result result(Entrant entrant, int round, double wall) {
    return new Result(
        "warm", "1 MiB", entrant, round, new Measurement(wall, wall * 2, 3 << 20, 1 << 20, 0));
  }

  @Test
  void ratiosAreThoseOfTheRoundsNotOfTheMedians() {
    List<Result> results = new ArrayList<>();
    double[] ours = {1, 2, 9};
    double[] theirs = {2, 8, 9};
    for (int i = 0; i < ours.length; i++) {
      // the order in which they came does not matter
      results.add(0, result(REELBEAM, i + 1, ours[i]));
      results.add(result(CRT, i + 1, theirs[i]));
    }

    List<Row> rows = Summary.of(List.of(REELBEAM, CRT), results).get(0).rows();

    assertThat(rows).extracting(row -> row.median().wall()).containsExactly(2.0, 8.0);
    // 1/2, 2/8, 9/9
    assertThat(rows).extracting(Row::wallRatio).containsExactly(1.0, 0.5);
  }

  @Test
  void medians() {
    assertThat(Summary.median(new double[] {3, 1, 2})).isEqualTo(2);
    assertThat(Summary.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
    assertThat(Summary.median(new double[] {})).isNaN();
  }

  @Test
  void tablesSayWhatFailed() {
    double none = Double.NaN;
    Measurement failed = new Measurement(none, none, none, none, none);
    List<Result> results =
        List.of(
            result(REELBEAM, 1, 0.0123), new Result("memory", "1 GiB, -Xmx24m", CRT, 1, failed));

    assertThat(MarkdownTables.of(Summary.of(List.of(REELBEAM, CRT), results)))
        .contains("### 1 MiB, warm\n")
        .contains("| Reelbeam | 12.3 ms | 24.6 ms | 3.0 MiB | 1.0 MiB | 1.00 | 1.00 |\n")
        .contains("| S3TransferManager on CRT | fails |");
  }

  @Test
  void aPageKeepsWhatIsNotBetweenTheMarkers() {
    String page = "before\n<!-- begin: warm -->\nold\n<!-- end: warm -->\nafter\n";

    assertThat(Report.replaced(page, "warm", "new\n"))
        .isEqualTo("before\n<!-- begin: warm -->\n\nnew\n<!-- end: warm -->\nafter\n");
    assertThatThrownBy(() -> Report.replaced(page, "cold", "new"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
