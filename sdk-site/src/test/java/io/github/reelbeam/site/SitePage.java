package io.github.reelbeam.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A page of the generated site. */
record SitePage(Path file, Document html) {
  static final Path SITE = Path.of("target/site").toAbsolutePath();

  static List<SitePage> all() throws IOException {
    try (Stream<Path> files = Files.walk(SITE)) {
      return files
          .filter(file -> file.toString().endsWith(".html"))
          .sorted()
          .map(SitePage::read)
          .toList();
    }
  }

  static SitePage read(Path file) {
    try {
      return new SitePage(file, Jsoup.parse(file, "UTF-8"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String path() {
    return SITE.relativize(file).toString();
  }

  /** Made of a document, and not by Javadoc or as the cross reference of the sources. */
  boolean isDocument() {
    return !path().startsWith("apidocs/") && !path().startsWith("xref/");
  }

  /** What the reader can follow. */
  List<String> links() {
    return html.select("a[href]").eachAttr("href");
  }

  /** What the browser loads by itself. */
  List<String> loaded() {
    return Stream.of(
            html.select("[src]").eachAttr("src"), html.select("link[href]").eachAttr("href"))
        .flatMap(List::stream)
        .toList();
  }

  Set<String> anchors() {
    return html.select("[id],a[name]").stream().map(SitePage::anchor).collect(Collectors.toSet());
  }

  private static String anchor(Element element) {
    return element.hasAttr("id") ? element.id() : element.attr("name");
  }

  /** The file that a relative reference means. */
  Path target(String reference) {
    String path = URI.create(reference).getPath();
    Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
    return Files.isDirectory(target) ? target.resolve("index.html") : target;
  }

  static boolean isElsewhere(String reference) {
    return reference.matches("[a-z]+:.*") || reference.startsWith("//");
  }

  @Override
  public String toString() {
    return path();
  }
}
