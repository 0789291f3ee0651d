package io.github.reelbeam.examples.docs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.examples.docs.Document.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that no index names is one that nobody finds. */
class IndexTest {
  @ParameterizedTest
  @ValueSource(strings = {"docs", "docs/decisions"})
  void namesEveryDocumentOfItsFolder(String name) throws IOException {
    Path folder = Document.ROOT.resolve(name);
    Set<String> named =
        Document.read(folder.resolve("README.md")).targets().stream()
            .map(Target::destination)
            .collect(toSet());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .filteredOn(file -> file.endsWith(".md") && !file.equals("README.md"))
          .as("add a line to %s/README.md", name)
          .isSubsetOf(named);
    }
  }
}
