package io.github.reelbeam.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The document lists what is checked. */
class CheckTableTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "check-backend.md");

  @Test
  void theTableIsTheListOfChecks() throws IOException {
    List<String> rows =
        Checks.inOrder().stream()
            .map(
                check -> "| `" + check.id() + "` | " + check.expects() + " | " + check.why() + " |")
            .toList();

    assertThat(Files.readAllLines(DOCUMENT))
        .filteredOn(line -> line.startsWith("| `"))
        .containsExactlyElementsOf(rows);
  }

  @Test
  void noTwoChecksHaveTheSameName() {
    assertThat(Checks.inOrder()).extracting(Check::id).doesNotHaveDuplicates();
  }
}
