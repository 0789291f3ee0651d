package io.github.reelbeam.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.reelbeam.examples.docs.Document.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private static final List<Path> PROGRAMS =
      List.of(Path.of("src/main/java"), Path.of("android/src/main/java"));
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  static List<Block> snippets() throws IOException {
    return blocks("java");
  }

  static List<Block> json() throws IOException {
    return blocks("json");
  }

  private static List<Block> blocks(String language) throws IOException {
    return Document.all().stream()
        .flatMap(document -> document.blocks().stream())
        .filter(block -> block.language().equals(language))
        .toList();
  }

  private static String withoutSpaces(String code) {
    return code.replaceAll("\\s+", "");
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void standsInAProgram(Block snippet) throws IOException {
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
    assertThat(snippets())
        .extracting(Block::document)
        .contains("README.md", "docs/quick-start.md", "docs/android.md", "sdk-backend/README.md");
  }

  @ParameterizedTest
  @MethodSource("json")
  void jsonIsWellFormed(Block block) {
    assertThatCode(() -> JSON.readTree(block.code())).doesNotThrowAnyException();
  }
}
