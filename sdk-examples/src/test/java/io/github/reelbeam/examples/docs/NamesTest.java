package io.github.reelbeam.examples.docs;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.examples.docs.Document.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Code;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name in backticks is there: tests that show a claim, classes, files. */
class NamesTest {
  /** The heads of the columns that say what shows a claim. */
  private static final Set<String> EVIDENCE = Set.of("seen in", "shown by", "test", "tests");

  /** What stands in such a column besides: profiles, code that is read, not run. */
  private static final Set<String> NO_CLASSES =
      Set.of("real-store", "hostile", "soak", "slow", "MessageDigest.isEqual", "sdk-fuzz");

  private static final Pattern TEST = Pattern.compile("[A-Z][A-Za-z0-9]+(Test|IT)");
  private static final Pattern FILE =
      Pattern.compile("((docs|\\.ci|sdk-[a-z-]+)/|\\.\\./)[A-Za-z0-9_./-]+|[A-Z]+\\.md");

  private static final Pattern MEMBER =
      Pattern.compile("([A-Z]\\w+)(?:\\.Builder)?\\.([a-z]\\w+)(?:\\(.*\\))?");

  private static final Map<String, String> VARIABLES =
      Map.of("uploader", "VideoUploader", "upload", "Upload");
  private static final Pattern CALL = Pattern.compile("\\b(uploader|upload)\\.([a-z]\\w+)\\(");

  private static final Pattern DRAWN =
      Pattern.compile("<text[^>]*>(?:\\d )?([A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*)</text>");

  static List<Document> documents() throws IOException {
    return Document.all();
  }

  private static Map<String, Path> classes() throws IOException {
    return Sources.files().stream().collect(toMap(Sources::className, f -> f, (one, two) -> one));
  }

  /** A class, or a class, a point and a method of it. */
  private static boolean isThere(Map<String, Path> classes, String name) throws IOException {
    int point = name.indexOf('.');
    if (point < 0) {
      return classes.containsKey(name);
    }
    Path file = classes.get(name.substring(0, point));
    // a method, or what stands in the head of a record
    Pattern member = Pattern.compile(" " + Pattern.quote(name.substring(point + 1)) + "[(,)]");
    return file != null && member.matcher(Files.readString(file)).find();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyTestIsThere(Document document) throws IOException {
    Map<String, Path> classes = classes();
    List<String> missing = new ArrayList<>();
    for (Code code : document.codes()) {
      String name = code.getLiteral();
      if (TEST.matcher(name).matches() && !classes.containsKey(name)) {
        missing.add(document + ":" + Document.line(code) + " " + name);
      }
    }
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void whatShowsAClaimIsThere(Document document) throws IOException {
    Map<String, Path> classes = classes();
    List<String> missing = new ArrayList<>();
    for (Row row : document.rows()) {
      for (int column = 0; column < row.codes().size(); column++) {
        if (EVIDENCE.contains(row.head().get(column))) {
          for (String name : row.codes().get(column)) {
            if (!isThere(classes, name) && !NO_CLASSES.contains(name)) {
              missing.add(row + " " + name);
            }
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isPublished(@Nullable Path file) {
    return file != null
        && file.toString().matches(".*/sdk-(core|backend|android)/src/main/java/((?!internal/).)*");
  }

  /** {@code TransferOptions.Builder.partSize} and the like. */
  @ParameterizedTest
  @MethodSource("documents")
  void everyMethodOfAClassIsThere(Document document) throws IOException {
    Map<String, Path> classes = classes();
    List<String> missing = new ArrayList<>();
    for (Code code : document.codes()) {
      Matcher member = MEMBER.matcher(code.getLiteral());
      if (member.matches()
          && isPublished(classes.get(member.group(1)))
          && !isThere(classes, member.group(1) + "." + member.group(2))) {
        missing.add(document + ":" + Document.line(code) + " " + code.getLiteral());
      }
    }
    assertThat(missing).isEmpty();
  }

  /** What stands in the column of Reelbeam is Reelbeam's: the tables of the migration. */
  @Test
  void whatAMigrationLeadsToIsThere() throws IOException {
    Map<String, Path> classes = classes();
    List<String> missing = new ArrayList<>();
    for (Document document : documents()) {
      for (Row row : document.rows()) {
        int column = row.head().indexOf("Reelbeam");
        for (String name : column < 0 ? List.<String>of() : row.codes().get(column)) {
          Matcher call = CALL.matcher(name);
          while (call.find()) {
            String owner = VARIABLES.get(call.group(1));
            if (!isThere(classes, owner + "." + call.group(2))) {
              missing.add(row + " " + call.group());
            }
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyFileIsThere(Document document) {
    List<String> missing = new ArrayList<>();
    for (Code code : document.codes()) {
      String name = code.getLiteral();
      if (FILE.matcher(name).matches() && !isBuilt(name) && !isThere(document, name)) {
        missing.add(document + ":" + Document.line(code) + " " + name);
      }
    }
    assertThat(missing).isEmpty();
  }

  /** A name with a capital in its middle is that of a class. */
  @Test
  void everyClassInTheDiagramsIsThere() throws IOException {
    Map<String, Path> classes = classes();
    List<String> drawn = new ArrayList<>();
    for (String diagram : List.of("flow", "architecture", "backend")) {
      String svg = Files.readString(Document.ROOT.resolve("docs/" + diagram + ".svg"));
      DRAWN.matcher(svg).results().forEach(name -> drawn.add(name.group(1)));
    }
    assertThat(drawn).hasSizeGreaterThan(30).isSubsetOf(classes.keySet());
  }

  private static boolean isBuilt(String name) {
    return name.contains("/target/") || name.endsWith("/target");
  }

  private static boolean isThere(Document document, String name) {
    Path besides = document.file().resolveSibling(name);
    return Files.exists(Document.ROOT.resolve(name)) || Files.exists(besides);
  }

  @Test
  void thereAreClaimsAtAll() throws IOException {
    assertThat(documents())
        .filteredOn(
            d -> d.rows().stream().anyMatch(r -> r.head().stream().anyMatch(EVIDENCE::contains)))
        .extracting(Document::name)
        .contains("README.md", "docs/security.md", "docs/durability.md");
  }
}
