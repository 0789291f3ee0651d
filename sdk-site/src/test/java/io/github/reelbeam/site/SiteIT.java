package io.github.reelbeam.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Follows every link of the generated site: none is broken, and no page needs another host. */
@Tag("site")
class SiteIT {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  private static final List<SitePage> PAGES = new ArrayList<>();
  private static final Map<Path, Set<String>> ANCHORS = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    PAGES.addAll(SitePage.all());
    PAGES.forEach(page -> ANCHORS.put(page.file(), page.anchors()));
  }

  @Test
  void everyLinkOfTheDocumentsLeadsSomewhere() {
    assertThat(broken(PAGES.stream().filter(SitePage::isDocument), link -> link)).isEmpty();
  }

  @Test
  void everyLinkOfTheJavadocLeadsSomewhere() {
    assertThat(broken("apidocs/", link -> link))
        // JDK 17 makes a table of contents of constants that leads to a heading it does not make
        .isSubsetOf("apidocs/constant-values.html: #io.github");
  }

  /** To the file: JXR's lists have anchors of nested classes that its pages do not have. */
  @Test
  void everyLinkOfTheSourcesLeadsSomewhere() {
    assertThat(broken("xref/", link -> link.replaceFirst("#.*", ""))).isEmpty();
  }

  private static List<String> broken(String folder, UnaryOperator<String> part) {
    return broken(PAGES.stream().filter(page -> page.path().startsWith(folder)), part);
  }

  private static List<String> broken(Stream<SitePage> pages, UnaryOperator<String> part) {
    List<String> broken = new ArrayList<>();
    pages.forEach(
        page ->
            Stream.concat(page.links().stream(), page.loaded().stream())
                .filter(link -> !SitePage.isElsewhere(link))
                .map(part)
                .filter(link -> !leadsSomewhere(page, link))
                .forEach(link -> broken.add(page + ": " + link)));
    return broken;
  }

  private static boolean leadsSomewhere(SitePage page, String link) {
    Path target = page.target(link);
    String fragment = URI.create(link).getFragment();
    if (!target.startsWith(SitePage.SITE) || !Files.exists(target)) {
      return false;
    }
    return fragment == null
        || fragment.isEmpty()
        || ANCHORS.getOrDefault(target, Set.of()).contains(fragment);
  }

  @Test
  void aBrokenLinkIsFound() {
    SitePage page = SitePage.read(SitePage.SITE.resolve("docs/bucket.html"));
    assertThat(
            Stream.of("no-such.html", "index.html#no-such", "#no-such", "../../../pom.xml")
                .filter(link -> leadsSomewhere(page, link)))
        .isEmpty();
    assertThat(leadsSomewhere(page, "#store-by-store")).isTrue();
  }

  /** It is read on a train as well, and tells nobody that it is read. */
  @Test
  void nothingIsLoadedFromElsewhere() {
    List<String> elsewhere = new ArrayList<>();
    for (SitePage page : PAGES) {
      page.loaded().stream()
          .filter(SitePage::isElsewhere)
          .forEach(reference -> elsewhere.add(page + ": " + reference));
    }
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void stylesLoadNothingFromElsewhere() throws IOException {
    try (Stream<Path> files = Files.walk(SitePage.SITE)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".css")).toList()) {
        assertThat(Files.readString(file))
            .as(file.toString())
            .doesNotContainPattern("url\\(['\"]?(https?:)?//");
      }
    }
  }

  @Test
  void everyDocumentIsAPageThatTheMenuOrAnIndexNames() throws IOException {
    Set<Path> linked =
        Set.copyOf(
            PAGES.stream()
                .filter(SitePage::isDocument)
                .flatMap(
                    p -> p.links().stream().filter(l -> !SitePage.isElsewhere(l)).map(p::target))
                .toList());
    try (Stream<Path> files = Files.walk(REPOSITORY.resolve("docs"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".md")))
          .map(file -> SiteMap.page(REPOSITORY.relativize(file).toString()) + ".html")
          .map(SitePage.SITE::resolve)
          .allSatisfy(page -> assertThat(page).exists())
          .isSubsetOf(linked);
    }
  }

  @Test
  void everyPageHasTheMenuAndATitle() {
    assertThat(PAGES)
        .filteredOn(SitePage::isDocument)
        .allSatisfy(
            page -> {
              assertThat(page.html().select("#leftColumn a")).hasSizeGreaterThan(15);
              assertThat(page.html().select("h1")).hasSizeGreaterThanOrEqualTo(1);
            });
  }

  @Test
  void theSearchKnowsEveryPage() throws IOException {
    String index = Files.readString(SitePage.SITE.resolve("js/pages.js"));
    assertThat(PAGES)
        .filteredOn(SitePage::isDocument)
        .allSatisfy(page -> assertThat(index).contains("\"url\":\"" + page.path() + "\""));
  }

  /** The Javadoc is that of the public packages of all published modules. */
  @Test
  void theJavadocHasAllPublicPackagesAndNoInternals() {
    assertThat(SitePage.SITE.resolve("apidocs/io/github/reelbeam/VideoUploader.html")).exists();
    assertThat(SitePage.SITE.resolve("apidocs/io/github/reelbeam/backend/UploadHandlers.html"))
        .exists();
    assertThat(SitePage.SITE.resolve("apidocs/io/github/reelbeam/android/AndroidUploads.html"))
        .exists();
    assertThat(SitePage.SITE.resolve("apidocs/io/github/reelbeam/internal")).doesNotExist();
  }
}
