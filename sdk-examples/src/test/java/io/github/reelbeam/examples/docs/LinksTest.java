package io.github.reelbeam.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.examples.docs.Document.Target;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every link in the documents leads to something. Nothing is asked of the network. */
class LinksTest {
  static List<Document> documents() throws IOException {
    return Document.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void leadSomewhere(Document document) {
    List<String> dead = new ArrayList<>();
    for (Target target : document.targets()) {
      flaw(document, target.destination())
          .ifPresent(
              flaw -> dead.add(document + ":" + target.line() + " " + target.destination() + flaw));
    }
    assertThat(dead).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-such-file.md",
        "bucket.md#no-such-heading",
        "#no-such-heading",
        "../../elsewhere.md",
        "http://example.com/",
        "https:/example.com",
        "https://example.com/a b",
        "ftp://example.com/",
        "/docs/bucket.md"
      })
  void deadOnesAreFound(String destination) {
    assertThat(flaw(Document.read(Document.ROOT.resolve("docs/android.md")), destination))
        .isPresent();
  }

  @Test
  void headingsHaveTheAnchorsThatGitHubGivesThem() {
    Document document =
        Document.of(
            Document.ROOT.resolve("docs/x.md"),
            "# One & `two`, three\n\n## Store by store\n\n## Store by store\n\n### 4. Be: it\n");
    assertThat(document.anchors())
        .containsExactlyInAnyOrder(
            "one--two-three", "store-by-store", "store-by-store-1", "4-be-it");
  }

  private static Optional<String> flaw(Document document, String destination) {
    URI uri;
    try {
      uri = new URI(destination);
    } catch (URISyntaxException e) {
      return Optional.of(": " + e.getReason());
    }
    if (uri.isAbsolute()) {
      return uri.getScheme().equals("https") && uri.getHost() != null
          ? Optional.empty()
          : Optional.of(": not https with a host");
    }
    return uri.getRawPath().isEmpty()
        ? anchorFlaw(document, uri)
        : fileFlaw(document.file().resolveSibling(uri.getPath()).normalize(), uri);
  }

  private static Optional<String> fileFlaw(Path file, URI uri) {
    if (!file.startsWith(Document.ROOT) || !Files.exists(file)) {
      return Optional.of(": no such file");
    }
    if (uri.getFragment() == null) {
      return Optional.empty();
    }
    return file.toString().endsWith(".md")
        ? anchorFlaw(Document.read(file), uri)
        : Optional.of(": an anchor in a file that has none");
  }

  private static Optional<String> anchorFlaw(Document document, URI uri) {
    return document.anchors().contains(uri.getFragment())
        ? Optional.empty()
        : Optional.of(": no such heading in " + document);
  }
}
