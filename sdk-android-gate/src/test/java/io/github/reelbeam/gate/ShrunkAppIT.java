package io.github.reelbeam.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What R8 leaves of the app does its work. It runs on a JVM that has no more of the JDK than {@code
 * java.base} and {@code java.logging}: as on Android, there is no StAX but the app's own.
 */
@Tag("android")
class ShrunkAppIT {
  private static final int PART = 5 << 20;
  private static final Duration LONG = Duration.ofMinutes(3);

  private static AndroidBuild build;
  private static Path shrunk;

  @TempDir Path folder;
  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final EmbeddedBackend backend = EmbeddedBackend.builder(s3).keepLeftovers().start();

  @BeforeAll
  static void shrink() throws Exception {
    build = AndroidBuild.get();
    shrunk = shrink(build.libraryRules(), "shrunk.jar");
  }

  private static Path shrink(ShrinkRules rules, String name) throws Exception {
    Path jar = AndroidBuild.file(name);
    Findings findings =
        build.tools().shrink(build.desugaredForJvm(), rules.and(AndroidBuild.MAIN), jar);
    assertThat(findings.complaints()).isEmpty();
    return jar;
  }

  @BeforeEach
  void nothingIsStored() {
    assertThat(s3.keys()).isEmpty();
  }

  @AfterEach
  void close() {
    backend.close();
    s3.close();
  }

  @Test
  void pausedResumedKilledAndStartedAgainItStoresTheVideoOnce() throws Exception {
    Path video = video(5 * PART + 12_345);
    try (AppProcess first = AppProcess.start(shrunk, folder, backend.uri(), 2 * PART, video)) {
      await()
          .atMost(LONG)
          .until(() -> !first.isRunning() || first.stdout().contains("part 3 of 6"));
      first.kill();
      assertThat(first.awaitExit(LONG)).as("%s", first).isEqualTo(AppProcess.KILLED);
      assertThat(first.stdout())
          .containsSubsequence("part 1 of 6", "state PAUSED", "state TRANSFERRING", "part 3 of 6")
          .doesNotContain("asset ");
    }
    assertThat(s3.keys()).isEmpty();
    assertThat(s3.openUploads()).hasSize(1);

    try (AppProcess second = AppProcess.startAgain(shrunk, folder, backend.uri())) {
      assertThat(second.awaitExit(LONG)).as("%s", second).isZero();
      assertThat(second.stdout()).contains("asset incoming/");
    }

    assertStoredOnce(video);
    assertThat(s3.openUploads()).isEmpty();
  }

  @Test
  void aVideoOfOnePartIsStoredOnce() throws Exception {
    Path video = video(123_456);
    try (AppProcess app = AppProcess.start(shrunk, folder, backend.uri(), 0, video)) {
      assertThat(app.awaitExit(LONG)).as("%s", app).isZero();
    }
    assertStoredOnce(video);
  }

  @Test
  void itAsksNothingOfAndroidThatAndroid8LacksOnItsWay() throws Exception {
    assertThat(ApiReferences.missing(shrunk, AndroidBuild.signature()))
        .filteredOn(reference -> !ApiReferences.isOptional(reference))
        .containsExactlyInAnyOrderElementsOf(ApiReferences.NOT_REACHED.keySet());
  }

  static Iterable<String> keepRules() throws IOException {
    return AndroidBuild.get().ownRules().keeping();
  }

  /** So that the tests above are known to notice: no rule is there that they could do without. */
  @ParameterizedTest
  @MethodSource("keepRules")
  void withoutAnyOneOfTheRulesItFails(String rule) throws Exception {
    // what is left out depends on the rules alone; to optimize the rest takes most of R8's time
    ShrinkRules others = build.libraryRules().without(rule::equals).and("-dontoptimize");
    Path broken = shrink(others, "broken.jar");

    Path video = video(2 * PART);
    try (AppProcess app = AppProcess.start(broken, folder, backend.uri(), 0, video)) {
      assertThat(app.awaitExit(LONG)).as("%s", app).isNotZero();
    }
    assertThat(backend.assets()).isEmpty();
  }

  private void assertStoredOnce(Path video) throws IOException {
    assertThat(s3.keys()).hasSize(1);
    String key = s3.keys().get(0);
    try (InputStream stored = s3.open(key)) {
      assertThat(crc32(stored)).isEqualTo(crc32(Files.newInputStream(video)));
    }
    assertThat(backend.assets())
        .singleElement()
        .satisfies(
            asset -> {
              assertThat(asset.key()).isEqualTo(key);
              assertThat(asset.size()).isEqualTo(Files.size(video));
            });
    assertThat(backend.notifications()).hasSize(1);
  }

  private static long crc32(InputStream bytes) throws IOException {
    try (CheckedInputStream in = new CheckedInputStream(bytes, new CRC32())) {
      in.transferTo(OutputStream.nullOutputStream());
      return in.getChecksum().getValue();
    }
  }

  private Path video(int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(folder.resolve("holiday.mp4"), bytes);
  }
}
