package io.github.reelbeam.apilisting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No module is published whose API nobody holds to anything. */
class PublishedModulesTest {
  private static final Path ROOT = Path.of("..");

  /** Those with classes in them that are deployed. */
  private static List<Path> published() throws IOException {
    List<Path> modules = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(ROOT, "sdk-*")) {
      for (Path module : folders) {
        Path pom = module.resolve("pom.xml");
        if (Files.exists(pom)) {
          String text = Files.readString(pom);
          if (!text.contains("<maven.deploy.skip>true<") && !text.contains("<packaging>pom<")) {
            modules.add(module);
          }
        }
      }
    }
    return modules;
  }

  @Test
  void areTheOnesThatAreMeant() throws Exception {
    assertThat(published())
        .extracting(module -> module.getFileName().toString())
        .contains("sdk-core", "sdk-backend", "sdk-micrometer", "sdk-android")
        .doesNotContain("sdk-api-listing", "sdk-examples");
  }

  @TestFactory
  Stream<DynamicTest> haveEveryGateOfTheApi() throws Exception {
    return published().stream()
        .map(
            module ->
                DynamicTest.dynamicTest(module.getFileName().toString(), () -> gates(module)));
  }

  private static void gates(Path module) throws IOException {
    assertThat(Files.readString(module.resolve("pom.xml")))
        .contains(
            "<artifactId>japicmp-maven-plugin</artifactId>",
            "<artifactId>maven-checkstyle-plugin</artifactId>",
            "<artifactId>maven-javadoc-plugin</artifactId>");
    try (Stream<Path> tests = Files.walk(module.resolve("src/test/java"))) {
      assertThat(tests).anyMatch(file -> file.endsWith("PublicApiTest.java"));
    }
    try (Stream<Path> listings = Files.list(module.resolve("api"))) {
      assertThat(listings.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.endsWith(".api"))
          .anyMatch(name -> name.endsWith(".jar"));
    }
  }
}
