package io.github.reelbeam.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.StoredObject;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Somebody who has nothing but README.md and what is published gets a video uploaded. */
@Tag("release")
class OutsideProjectIT {
  private static final List<Published> JARS = Published.jars();
  private static final String TOKEN = "the-token-of-the-user";

  private static OutsideProject project;

  @TempDir private Path folder;

  @BeforeAll
  static void build() throws Exception {
    project = OutsideProject.built();
  }

  @Test
  void theReadmeNamesTheVersionThatIsBuilt() throws Exception {
    assertThat(new Readme().version()).isIn(Build.VERSION, Build.VERSION + "-SNAPSHOT");
  }

  @Test
  void reelbeamComesFromWhatIsStagedAndFromNowhereElse() throws Exception {
    Path own = project.localRepository().resolve(Build.GROUP.replace('.', '/'));
    int jars = 0;
    try (Stream<Path> files = Files.walk(own)) {
      for (Path file : files.filter(f -> f.endsWith("_remote.repositories")).toList()) {
        for (String line : Files.readAllLines(file)) {
          if (!line.startsWith("#")) {
            assertThat(line).endsWith(">staged=");
            jars += line.contains(".jar>") ? 1 : 0;
          }
        }
      }
    }
    assertThat(jars).isEqualTo(JARS.size());
  }

  @Test
  void theExampleOfTheReadmeUploadsAVideo() throws Exception {
    Path video = folder.resolve("holiday.mp4");
    byte[] content = new byte[12 << 20];
    new Random(1).nextBytes(content);
    Files.write(video, content);
    try (EmbeddedS3 s3 = EmbeddedS3.start();
        EmbeddedBackend backend =
            EmbeddedBackend.builder(s3).bearerToken(TOKEN, "stranger").start()) {
      String journal = folder.resolve("journal").toString();
      String key = project.run(backend.uri().toString(), TOKEN, journal, video.toString());
      StoredObject stored = s3.find(key).orElseThrow();
      assertThat(stored.size()).isEqualTo(content.length);
      try (InputStream in = s3.open(key)) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
      assertThat(backend.assets()).singleElement().extracting("key").isEqualTo(key);
      assertThat(s3.openUploads()).isEmpty();
    }
  }

  @Test
  void standsOnAModulePath() throws Exception {
    ModuleFinder jars = ModuleFinder.of(project.classPath().toArray(Path[]::new));
    Set<String> all = new TreeSet<>();
    jars.findAll().forEach(module -> all.add(module.descriptor().name()));
    // refuses packages that are in two of them
    Configuration resolved =
        ModuleLayer.boot().configuration().resolve(jars, ModuleFinder.of(), all);
    assertThat(resolved.modules())
        .extracting(ResolvedModule::name)
        .contains("io.github.reelbeam.core", "okhttp3", "org.slf4j");
  }

  @ParameterizedTest
  @FieldSource("JARS")
  void theSbomListsWhatTheAppRunsWith(Published jar) throws Exception {
    Set<String> runsWith = project.artifacts(jar);
    assertThat(runsWith.remove(Build.GROUP + ":" + jar + ":" + Build.VERSION)).isTrue();
    assertThat(runsWith).isNotEmpty();
    Bundle bundle = Bundle.open(Build.BUNDLE);
    JsonNode sbom = new ObjectMapper().readTree(bundle.bytes(jar.file("-cyclonedx.json")));
    Set<String> listed = new TreeSet<>();
    for (JsonNode component : sbom.get("components")) {
      listed.add(
          component.get("group").asText()
              + ":"
              + component.get("name").asText()
              + ":"
              + component.get("version").asText());
      assertThat(component.at("/licenses/0").isMissingNode()).as("%s", component).isFalse();
    }
    assertThat(listed).isEqualTo(runsWith);
    assertThat(sbom.at("/metadata/component/name").asText()).isEqualTo(jar.artifact());
    assertThat(sbom.at("/metadata/component/version").asText()).isEqualTo(Build.VERSION);
  }
}
