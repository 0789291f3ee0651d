package io.github.reelbeam.examples.docs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.examples.docs.Document.Block;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Whoever copies coordinates from the documents gets what this build makes. */
class CoordinatesTest {
  private static final String GROUP = "io.github.reelbeam";
  private static final Pattern GRADLE =
      Pattern.compile("['\"]io\\.github\\.reelbeam:([a-z-]+)(?::([^'\"]+))?['\"]");

  record Coordinates(String where, String artifact, String version) {}

  private static List<Coordinates> documented() throws Exception {
    List<Coordinates> found = new ArrayList<>();
    for (Document document : Document.all()) {
      for (Block block : document.blocks()) {
        switch (block.language()) {
          case "xml" -> found.addAll(ofMaven(block));
          case "kotlin", "groovy" -> found.addAll(ofGradle(block));
          default -> {}
        }
      }
    }
    return found;
  }

  private static List<Coordinates> ofMaven(Block block) throws Exception {
    Element root = xml("<all>" + block.code() + "</all>");
    List<Coordinates> found = new ArrayList<>();
    for (String kind : List.of("dependency", "plugin")) {
      var nodes = root.getElementsByTagName(kind);
      for (int i = 0; i < nodes.getLength(); i++) {
        Element node = (Element) nodes.item(i);
        if (GROUP.equals(child(node, "groupId"))) {
          String version = child(node, "version");
          found.add(new Coordinates(block.toString(), child(node, "artifactId"), version));
        }
      }
    }
    return found;
  }

  private static List<Coordinates> ofGradle(Block block) {
    Matcher matcher = GRADLE.matcher(block.code());
    return matcher
        .results()
        .map(m -> new Coordinates(block.toString(), m.group(1), Objects.toString(m.group(2), "")))
        .toList();
  }

  private static Element xml(String text) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)))
        .getDocumentElement();
  }

  /** The text of a child, of the element itself and not of what stands deeper; empty if none. */
  private static String child(Element parent, String name) {
    for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(name)) {
        return node.getTextContent().strip();
      }
    }
    return "";
  }

  private static Set<String> artifacts() throws IOException {
    try (Stream<Path> folders = Files.list(Document.ROOT)) {
      return folders
          .map(folder -> folder.resolve("pom.xml"))
          .filter(Files::exists)
          .map(CoordinatesTest::artifact)
          .collect(toSet());
    }
  }

  private static String artifact(Path pom) {
    try {
      return child(xml(Files.readString(pom)), "artifactId");
    } catch (Exception e) {
      throw new AssertionError(pom.toString(), e);
    }
  }

  /** As the build makes it of its properties when nothing is released. */
  private static String version() throws Exception {
    Element pom = xml(Files.readString(Document.ROOT.resolve("pom.xml")));
    assertThat(child(pom, "version")).isEqualTo("${revision}${changelist}");
    Element properties = (Element) pom.getElementsByTagName("properties").item(0);
    return child(properties, "revision") + child(properties, "changelist");
  }

  @Test
  void areThoseOfTheBuild() throws Exception {
    String version = version();
    Set<String> artifacts = artifacts();
    assertThat(documented())
        .allSatisfy(
            coordinates -> {
              assertThat(artifacts).contains(coordinates.artifact());
              // one that comes by a BOM names no version
              assertThat(coordinates.version()).isIn(version, "");
            });
  }

  @Test
  void standWhereTheyAreLookedFor() throws Exception {
    assertThat(documented())
        .extracting(Coordinates::artifact)
        .contains("reelbeam-core", "reelbeam-backend", "reelbeam-android");
  }

  @Test
  void theBuildOfTheSampleAppHasTheSame() throws Exception {
    Path build = Document.ROOT.resolve("sdk-examples/android/build.gradle.kts");
    String version = version();
    assertThat(ofGradle(new Block("build.gradle.kts", 1, "kotlin", Files.readString(build))))
        .extracting(Coordinates::version)
        .containsOnly(version);
  }
}
