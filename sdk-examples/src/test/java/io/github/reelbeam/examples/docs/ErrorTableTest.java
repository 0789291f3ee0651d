package io.github.reelbeam.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The wire contract for people has the errors of the one for machines, in the same order. */
class ErrorTableTest {
  private static final Pattern ERROR =
      Pattern.compile("^ *\\| ([45]\\d\\d) \\| `([a-z_]+)` \\| ([a-z, ]+) \\|", Pattern.MULTILINE);

  private static List<String> errors(String file) throws IOException {
    Path path = Document.ROOT.resolve("docs").resolve(file);
    List<String> errors = new ArrayList<>();
    Matcher matcher = ERROR.matcher(Files.readString(path));
    while (matcher.find()) {
      errors.add(matcher.group(1) + " " + matcher.group(2) + " at " + matcher.group(3));
    }
    return errors;
  }

  @Test
  void isThatOfTheContract() throws IOException {
    assertThat(errors("wire-contract.md")).hasSizeGreaterThan(10).isEqualTo(errors("openapi.yaml"));
  }
}
