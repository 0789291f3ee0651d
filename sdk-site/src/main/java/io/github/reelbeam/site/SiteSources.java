package io.github.reelbeam.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prepares the documents, as they lie in the repository, for the Maven Site Plugin: pages under
 * {@code markdown}, what they show under {@code resources}, the menu in {@code site.xml}.
 * Arguments: the repository, the site's own files, the folder to write to.
 */
public final class SiteSources {
  private final Path repository;
  private final Path own;
  private final Path output;

  private SiteSources(Path repository, Path own, Path output) {
    this.repository = repository;
    this.own = own;
    this.output = output;
  }

  /** Writes all that the generator reads. */
  public static void main(String... arguments) throws IOException {
    new SiteSources(
            Path.of(arguments[0]).toRealPath(),
            Path.of(arguments[1]).toAbsolutePath(),
            Path.of(arguments[2]).toAbsolutePath())
        .write();
  }

  private void write() throws IOException {
    SiteMap map = new SiteMap(repository);
    List<Page> pages = new ArrayList<>();
    for (Path document : documents()) {
      Page page = Page.of(repository.relativize(document), Files.readString(document), map);
      put("markdown/" + page.path() + ".md", page.markdown());
      for (Path shown : page.shown()) {
        copy(repository.resolve(shown), output.resolve("resources").resolve(shown));
      }
      pages.add(page);
    }
    try (Stream<Path> files = Files.walk(own.resolve("resources"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy(file, output.resolve(own.relativize(file)));
      }
    }
    put("resources/js/pages.js", SearchIndex.of(pages));
    String index = Files.readString(repository.resolve("docs/README.md"));
    String menus = Menu.of(Path.of("docs/README.md"), index, map);
    put("site.xml", Files.readString(own.resolve("site.xml")).replace("<!-- menus -->", menus));
  }

  /** Those at the top, those of the modules, and the folder of documents with all below it. */
  private List<Path> documents() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(repository.resolve("docs"))) {
      files.filter(SiteSources::isMarkdown).forEach(found::add);
    }
    try (Stream<Path> files = Files.list(repository)) {
      for (Path file : files.toList()) {
        Path ofModule = file.resolve("README.md");
        if (isMarkdown(file)) {
          found.add(file);
        } else if (Files.exists(file.resolve("pom.xml")) && Files.exists(ofModule)) {
          found.add(ofModule);
        }
      }
    }
    found.sort(null);
    return found;
  }

  private static boolean isMarkdown(Path file) {
    return Files.isRegularFile(file) && file.toString().endsWith(".md");
  }

  private void put(String path, String text) throws IOException {
    Path file = output.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.write(to, Files.readAllBytes(from));
  }
}
