package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LoggersTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `(io\\.github\\.reelbeam\\.backend\\.[a-z]+)` \\|", Pattern.MULTILINE);

  @Test
  void theDocumentHasTheNamesOfAllLoggers() throws Exception {
    String document = Files.readString(Path.of("..", "docs", "observability.md"));
    List<String> documented =
        ROW.matcher(document).results().map((MatchResult row) -> row.group(1)).toList();
    assertThat(documented).containsExactly(Loggers.API, Loggers.ASSETS, Loggers.CREDENTIALS);
  }
}
