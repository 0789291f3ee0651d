package io.github.reelbeam.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where on the site the files of the repository are: documents become pages, sources are in the
 * cross reference, everything else is copied to the same place.
 *
 * @param repository its top folder
 */
record SiteMap(Path repository) {
  private static final String SOURCES = "src/main/java/";

  /**
   * The path on the site.
   *
   * @param file relative to the repository
   */
  String of(Path file) throws IOException {
    String path = file.toString().replace('\\', '/');
    Path there = repository.resolve(file);
    if (Files.isDirectory(there)) {
      return Files.exists(there.resolve("README.md"))
          ? of(file.resolve("README.md"))
          : "xref/" + packageOf(there) + "/package-summary.html";
    }
    if (path.endsWith(".md")) {
      return page(path) + ".html";
    }
    int sources = path.indexOf(SOURCES);
    if (sources >= 0 && path.endsWith(".java")) {
      return "xref/" + path.substring(sources + SOURCES.length(), path.length() - 4) + "html";
    }
    return path;
  }

  /** The path of a document's page, without its ending. */
  static String page(String document) {
    String path = document.substring(0, document.length() - ".md".length());
    return path.equals("README") || path.endsWith("/README")
        ? path.substring(0, path.length() - "README".length()) + "index"
        : path;
  }

  boolean isCopied(Path file) throws IOException {
    return Files.isRegularFile(repository.resolve(file)) && of(file).equals(file.toString());
  }

  /** The package in a folder of sources, or the outermost one of a module that has classes. */
  private String packageOf(Path folder) throws IOException {
    Path sources = folder.resolve(SOURCES);
    if (Files.isDirectory(sources)) {
      return packageOf(onlyOneBelow(sources));
    }
    String path = repository.relativize(folder).toString().replace('\\', '/');
    int from = path.indexOf(SOURCES);
    if (from < 0) {
      throw new IOException(
          path + " has neither a README.md nor Java sources: link to a file in it");
    }
    return path.substring(from + SOURCES.length());
  }

  private static Path onlyOneBelow(Path folder) throws IOException {
    try (Stream<Path> below = Files.list(folder)) {
      List<Path> entries = below.toList();
      return entries.size() == 1 && Files.isDirectory(entries.get(0))
          ? onlyOneBelow(entries.get(0))
          : folder;
    }
  }
}
