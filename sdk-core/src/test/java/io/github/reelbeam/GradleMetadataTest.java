package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The module metadata that Gradle reads says what the POM says to Maven, but for OkHttp. */
class GradleMetadataTest {
  private static final String MODULE = "reelbeam-core";
  private static final Path METADATA = Path.of("target", "gradle", MODULE + ".module");

  private JsonNode metadata;
  private Document pom;

  @BeforeEach
  void read() throws Exception {
    metadata = new ObjectMapper().readTree(METADATA.toFile());
    pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File("pom.xml"));
  }

  private JsonNode variant(String name) {
    for (JsonNode variant : metadata.get("variants")) {
      if (variant.get("name").asText().equals(name)) {
        return variant;
      }
    }
    throw new AssertionError("no variant " + name);
  }

  private static Set<String> modules(JsonNode variant) {
    Set<String> modules = new HashSet<>();
    variant
        .get("dependencies")
        .forEach(d -> modules.add(d.get("group").asText() + ":" + d.get("module").asText()));
    return modules;
  }

  /** The dependencies of the POM that reach whoever depends on this module. */
  private Set<String> published() {
    Set<String> modules = new HashSet<>();
    NodeList dependencies = pom.getElementsByTagName("dependency");
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      String scope = text(dependency, "scope");
      if (scope.isEmpty() || scope.equals("runtime")) {
        modules.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
      }
    }
    return modules;
  }

  private static String text(Element element, String child) {
    NodeList children = element.getElementsByTagName(child);
    return children.getLength() == 0 ? "" : children.item(0).getTextContent();
  }

  @Test
  void isInTheFormatThatGradleReads() {
    assertThat(metadata.get("formatVersion").asText()).isEqualTo("1.1");
    assertThat(metadata.at("/component/group").asText()).isEqualTo("io.github.reelbeam");
    assertThat(metadata.at("/component/module").asText()).isEqualTo(MODULE);
    assertThat(metadata.toString()).doesNotContain("@").doesNotContain("${");
    String version = metadata.at("/component/version").asText();
    for (String name : List.of("apiElements", "runtimeElements")) {
      JsonNode variant = variant(name);
      assertThat(variant.at("/attributes/org.gradle.category").asText()).isEqualTo("library");
      assertThat(variant.at("/attributes/org.gradle.usage").asText())
          .isEqualTo(name.equals("apiElements") ? "java-api" : "java-runtime");
      assertThat(variant.at("/attributes/org.gradle.jvm.version").intValue()).isEqualTo(17);
      assertThat(variant.at("/files/0/url").asText()).isEqualTo(MODULE + "-" + version + ".jar");
    }
  }

  @Test
  void leavesToGradleWhichOkHttpItIs() throws IOException {
    assertThat(Files.readString(METADATA)).doesNotContain("okhttp-jvm", "okhttp-android");
    assertThat(modules(variant("runtimeElements"))).contains("com.squareup.okhttp3:okhttp");
  }

  @Test
  void hasTheDependenciesOfThePom() {
    Set<String> published = published();
    assertThat(published.removeIf(module -> module.startsWith("com.squareup.okhttp3:"))).isTrue();
    Set<String> runtime = modules(variant("runtimeElements"));
    runtime.remove("com.squareup.okhttp3:okhttp");
    assertThat(runtime).isEqualTo(published);
    assertThat(modules(variant("runtimeElements"))).containsAll(modules(variant("apiElements")));
  }

  @Test
  void hasTheVersionsThatMavenResolves() {
    String classPath = System.getProperty("java.class.path");
    List<String> missing = new ArrayList<>();
    for (JsonNode dependency : variant("runtimeElements").get("dependencies")) {
      String module = dependency.get("module").asText();
      String jar =
          (module.equals("okhttp") ? "okhttp-jvm" : module)
              + "-"
              + dependency.at("/version/requires").asText();
      if (!module.startsWith("reelbeam") && !classPath.contains(jar + ".jar")) {
        missing.add(jar);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void thePublishedPomPointsToIt() throws IOException {
    assertThat(Files.readString(Path.of("target", "flattened-pom.xml")))
        .contains("do_not_remove: published-with-gradle-metadata");
  }

  @Test
  void bringsNoOtherTransport() {
    for (JsonNode dependency : variant("runtimeElements").get("dependencies")) {
      if (dependency.get("group").asText().equals("software.amazon.awssdk")) {
        assertThat(dependency.get("excludes"))
            .extracting(exclude -> exclude.get("module").asText())
            .contains("netty-nio-client", "apache-client", "apache5-client");
      }
    }
  }
}
