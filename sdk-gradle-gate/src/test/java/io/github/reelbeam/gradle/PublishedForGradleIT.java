package io.github.reelbeam.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradle reads what the build publishes, and finds the OkHttp that fits. */
@Tag("gradle")
class PublishedForGradleIT {
  private static final String FOR_JVM = "com.squareup.okhttp3:okhttp-jvm";
  private static final String FOR_ANDROID = "com.squareup.okhttp3:okhttp-android";

  @TempDir private Path folder;

  private GradleProject project(Consumer consumer, String module) {
    return new GradleProject(folder, consumer, module);
  }

  @Test
  void aJavaProgramGetsTheOkHttpForTheJvm() {
    GradleProject project = project(Consumer.JAVA_17, "reelbeam-core");
    assertThat(project.missing()).isEmpty();
    assertThat(project.modules()).contains(FOR_JVM).doesNotContain(FOR_ANDROID);
  }

  @ParameterizedTest
  @CsvSource({
    "ANDROID_KOTLIN, reelbeam-android",
    "ANDROID_JAVA, reelbeam-android",
    "ANDROID_KOTLIN, reelbeam-core",
    "ANDROID_JAVA, reelbeam-core"
  })
  void anAndroidAppGetsTheOkHttpForAndroid(Consumer consumer, String module) {
    GradleProject project = project(consumer, module);
    assertThat(project.modules()).contains(FOR_ANDROID).doesNotContain(FOR_JVM);
    // served by Google's repository alone, which every Android build has, and this one has not
    assertThat(project.missing().keySet())
        .allMatch(missing -> missing.startsWith("androidx."))
        .hasSize(2);
  }

  @Test
  void withoutTheModuleMetadataAnAndroidAppWouldGetTheOneForTheJvm() {
    GradleProject project = project(Consumer.ANDROID_KOTLIN, "reelbeam-core");
    project.ignoreModuleMetadata();
    assertThat(project.modules()).contains(FOR_JVM).doesNotContain(FOR_ANDROID);
  }

  @Test
  void stAXComesWithReelbeamForAndroidOnly() {
    List<String> stax =
        List.of("com.fasterxml:aalto-xml", "org.codehaus.woodstox:stax2-api", "stax:stax-api");
    assertThat(project(Consumer.ANDROID_KOTLIN, "reelbeam-android").modules()).containsAll(stax);
    assertThat(project(Consumer.JAVA_17, "reelbeam-core").modules())
        .doesNotContainAnyElementsOf(stax);
  }

  @ParameterizedTest
  @EnumSource(
      value = Consumer.class,
      names = {"JAVA_17", "ANDROID_KOTLIN"})
  void noOtherTransportComesAlong(Consumer consumer) {
    assertThat(project(consumer, "reelbeam-core").modules())
        .contains("software.amazon.awssdk:s3-transfer-manager")
        .noneMatch(module -> module.startsWith("io.netty"))
        .noneMatch(module -> module.startsWith("org.apache.httpcomponents"))
        .noneMatch(module -> module.matches("software\\.amazon\\.awssdk:.*-client"));
  }

  @Test
  void anOlderJavaIsToldThatItIsTooOld() {
    assertThat(project(Consumer.JAVA_11, "reelbeam-core").missing().toString())
        .contains("reelbeam-core")
        .contains("only compatible with JVM runtime version 17 or newer");
  }

  @Test
  void theFilesAreThoseThatWereBuilt() throws Exception {
    Set<File> files = project(Consumer.ANDROID_KOTLIN, "reelbeam-android").ownFiles();
    List<String> modules = new ArrayList<>();
    for (File file : files) {
      String module = file.getName().replaceFirst("-\\d.*", "");
      modules.add(module);
      Path built = built(module);
      assertThat(Files.mismatch(file.toPath(), built)).as("%s and %s", file, built).isEqualTo(-1);
    }
    assertThat(modules).containsExactlyInAnyOrder("reelbeam-android", "reelbeam-core");
  }

  private static Path built(String module) {
    return Path.of("..", module.replace("reelbeam", "sdk"), "target")
        .resolve(module + "-" + System.getProperty("gradle.version-of-reelbeam") + ".jar");
  }
}
