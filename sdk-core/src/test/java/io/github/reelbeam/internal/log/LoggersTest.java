package io.github.reelbeam.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LoggersTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `(io\\.github\\.reelbeam\\.[a-z.]+)` \\|", Pattern.MULTILINE);

  private static List<String> names() throws IllegalAccessException {
    List<String> names = new ArrayList<>();
    for (Field field : Loggers.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        names.add((String) field.get(null));
      }
    }
    return names;
  }

  @Test
  void theDocumentHasTheNamesOfAllLoggers() throws Exception {
    String document = Files.readString(Path.of("..", "docs", "observability.md"));
    List<String> documented =
        ROW.matcher(document)
            .results()
            .map((MatchResult row) -> row.group(1))
            // of the other artifacts
            .filter(name -> !name.startsWith("io.github.reelbeam.backend."))
            .filter(name -> !name.equals("io.github.reelbeam.android"))
            .toList();
    assertThat(documented).containsExactlyElementsOf(names());
  }
}
