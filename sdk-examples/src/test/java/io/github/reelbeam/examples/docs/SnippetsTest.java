package io.github.reelbeam.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each piece of Java in the documents stands, but for spaces and line ends, in one of the example
 * programs, which the build compiles and the integration tests run; or in the sample app for
 * Android, which is compiled.
 */
class SnippetsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<Path> PROGRAMS =
      List.of(Path.of("src/main/java"), Path.of("android/src/main/java"));
  private static final Pattern FENCE =
      Pattern.compile("^```java\\R(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");

  record Snippet(String document, int line, String code) {
    @Override
    public String toString() {
      return document + ":" + line;
    }
  }

  static List<Snippet> snippets() throws IOException {
    List<Snippet> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(SnippetsTest::isDocument).sorted().toList()) {
        String text = Files.readString(file);
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
          int line = (int) text.substring(0, fence.start(1)).lines().count() + 1;
          found.add(new Snippet(ROOT.relativize(file).toString(), line, fence.group(1)));
        }
      }
    }
    return found;
  }

  private static boolean isDocument(Path file) {
    for (Path part : ROOT.relativize(file)) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return file.toString().endsWith(".md");
  }

  private static String withoutSpaces(String code) {
    return code.replaceAll("\\s+", "");
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void standsInAProgram(Snippet snippet) throws IOException {
    List<String> programs = new ArrayList<>();
    for (Path folder : PROGRAMS) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          programs.add(withoutSpaces(Files.readString(file)));
        }
      }
    }
    String code = withoutSpaces(snippet.code());
    assertThat(programs)
        .as("%s: no program in %s has these lines:%n%s", snippet, PROGRAMS, snippet.code())
        .anyMatch(program -> program.contains(code));
  }

  @Test
  void theDocumentsHaveSnippetsAtAll() throws IOException {
    assertThat(snippets()).extracting(Snippet::document).contains("README.md");
  }
}
