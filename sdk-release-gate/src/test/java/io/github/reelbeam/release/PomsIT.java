package io.github.reelbeam.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The published POMs say all that Maven Central asks, need no other, and show no build. */
@Tag("release")
class PomsIT {
  private static final Bundle BUNDLE = Bundle.open(Build.BUNDLE);
  private static final List<Published> ALL = Published.ALL;
  private static final List<String> DEMANDED =
      List.of(
          "/project/name",
          "/project/description",
          "/project/url",
          "/project/licenses/license/name",
          "/project/licenses/license/url",
          "/project/developers/developer/name",
          "/project/scm/connection",
          "/project/scm/developerConnection",
          "/project/scm/url",
          "/project/issueManagement/url");

  private static Pom pom(Published artifact) throws Exception {
    return new Pom(BUNDLE.text(artifact.file(".pom")));
  }

  private static List<String> lacking(Pom pom) throws Exception {
    List<String> lacking = new ArrayList<>();
    for (String path : DEMANDED) {
      if (pom.at(path).isEmpty()) {
        lacking.add(path);
      }
    }
    return lacking;
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void saysWhoAndWhereAndUnderWhichLicence(Published artifact) throws Exception {
    assertThat(lacking(pom(artifact))).isEmpty();
  }

  @Test
  void whatIsLackingWouldBeFound() throws Exception {
    Pom pom = new Pom("<project><name> </name><description>d</description></project>");
    assertThat(lacking(pom)).contains("/project/name", "/project/scm/url").hasSize(9);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void isOfTheVersionThatIsReleased(Published artifact) throws Exception {
    Pom pom = pom(artifact);
    assertThat(pom.at("/project/groupId")).isEqualTo(Build.GROUP);
    assertThat(pom.at("/project/artifactId")).isEqualTo(artifact.artifact());
    assertThat(pom.at("/project/version")).isEqualTo(Build.VERSION);
    assertThat(pom.at("/project/scm/tag")).isEqualTo("v" + Build.VERSION);
    assertThat(pom.at("/project/packaging")).isEqualTo(artifact.isJar() ? "" : "pom");
    assertThat(pom.root().getAttribute("xmlns")).isEqualTo("http://maven.apache.org/POM/4.0.0");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void needsNoOtherPomAndShowsNoBuild(Published artifact) throws Exception {
    Pom pom = pom(artifact);
    assertThat(pom.elements())
        .doesNotContain(
            "parent",
            "build",
            "modules",
            "profiles",
            "properties",
            "repositories",
            "pluginRepositories",
            "distributionManagement",
            "reporting");
    assertThat(pom.text()).doesNotContain("${", "SNAPSHOT");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void eachDependencyHasAVersionOfItsOwnAndServesMoreThanTests(Published artifact)
      throws Exception {
    Pom pom = pom(artifact);
    List<String> artifacts = pom.all("/project/dependencies/dependency/artifactId");
    assertThat(pom.all("/project/dependencies/dependency/version"))
        .hasSameSizeAs(artifacts)
        .noneMatch(String::isEmpty);
    assertThat(pom.all("/project/dependencies/dependency/scope")).doesNotContain("test");
    assertThat(artifacts.isEmpty()).isEqualTo(!artifact.isJar());
  }

  @Test
  void theBomNamesThePublishedJarsAndNothingElse() throws Exception {
    Pom bom = pom(ALL.stream().filter(a -> a.artifact().equals("reelbeam-bom")).findAny().get());
    String managed = "/project/dependencyManagement/dependencies/dependency";
    assertThat(bom.all(managed + "/artifactId"))
        .containsExactlyInAnyOrderElementsOf(
            Published.jars().stream().map(Published::artifact).toList());
    assertThat(bom.all(managed + "/groupId")).containsOnly(Build.GROUP);
    assertThat(bom.all(managed + "/version")).containsOnly(Build.VERSION);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void whatHasMetadataForGradleSaysSo(Published artifact) throws Exception {
    boolean says = pom(artifact).text().contains("do_not_remove: published-with-gradle-metadata");
    assertThat(says).isEqualTo(artifact.extras().contains(".module"));
  }
}
