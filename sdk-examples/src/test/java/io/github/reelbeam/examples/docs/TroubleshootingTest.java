package io.github.reelbeam.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.examples.docs.Document.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each message that the page on troubleshooting quotes is one that the code has. */
class TroubleshootingTest {
  private static final Path PAGE = Document.ROOT.resolve("docs/troubleshooting.md");

  /** Where one literal ends and the next begins, which the compiler makes one text. */
  private static final Pattern SEAM = Pattern.compile("\"\\s*\\+\\s*\"");

  private static final List<String> SOURCES = new ArrayList<>();

  record Quote(String where, String message) {
    @Override
    public String toString() {
      return where + " " + message;
    }
  }

  @BeforeAll
  static void readSources() throws IOException {
    for (Path file : Sources.files()) {
      if (file.toString().contains("/src/main/")) {
        SOURCES.add(SEAM.matcher(Files.readString(file)).replaceAll(""));
      }
    }
  }

  static List<Quote> quotes() {
    List<Quote> quotes = new ArrayList<>();
    for (Row row : Document.read(PAGE).rows()) {
      if (row.head().get(0).equals("message")) {
        // a name without a space is a code of the store's or the backend's, not a message of ours
        row.codes().get(0).stream()
            .filter(code -> code.contains(" "))
            .forEach(code -> quotes.add(new Quote(row.toString(), code)));
      }
    }
    return quotes;
  }

  @ParameterizedTest
  @MethodSource("quotes")
  void theCodeHasThisMessage(Quote quote) {
    assertThat(isInOne(SOURCES, quote.message())).isTrue();
  }

  @Test
  void messagesThatTheCodeDoesNotHaveAreFound() {
    assertThat(isInOne(SOURCES, "… is neither here nor there")).isFalse();
    assertThat(
            isInOne(
                SOURCES,
                "resume with an authorization that it accepts … was not trusted with the request"))
        .isFalse();
  }

  @Test
  void thePageQuotesMessages() {
    assertThat(quotes()).hasSizeGreaterThan(30);
  }

  /** Whether one source has all pieces of the message, in this order. */
  private static boolean isInOne(List<String> sources, String message) {
    List<String> pieces =
        Pattern.compile("…")
            .splitAsStream(message)
            .map(String::strip)
            .filter(p -> !p.isEmpty())
            .toList();
    return sources.stream().anyMatch(source -> hasAll(source, pieces));
  }

  private static boolean hasAll(String source, List<String> pieces) {
    int from = 0;
    for (String piece : pieces) {
      int at = source.indexOf(piece, from);
      if (at < 0) {
        return false;
      }
      from = at + piece.length();
    }
    return true;
  }
}
