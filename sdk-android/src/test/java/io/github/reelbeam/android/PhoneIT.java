package io.github.reelbeam.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.FaultProxy;
import io.github.reelbeam.testservers.JavaProgram;
import io.github.reelbeam.testservers.ProxiedRequest;
import io.github.reelbeam.testservers.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A phone, a process of its own with Android 8 in it as Robolectric has it, uploads what a content
 * provider has; its process is killed, and the next one goes on.
 */
class PhoneIT {
  private static final int PARTS = 6;
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private volatile Function<RequestHead, Fault> faults = head -> Fault.pass();
  private final FaultProxy proxy = FaultProxy.start(s3.endpoint(), head -> faults.apply(head));
  private final EmbeddedBackend backend =
      EmbeddedBackend.builder(s3).s3Endpoint(proxy.uri()).keepLeftovers().start();
  private Path video;

  @BeforeEach
  void makeVideo() throws IOException {
    byte[] bytes = new byte[PARTS * PhoneScenario.PART - 1];
    new Random(7).nextBytes(bytes);
    video = Files.write(folder.resolve("video"), bytes);
    Files.createDirectory(folder.resolve("app"));
  }

  @AfterEach
  void stopServers() {
    backend.close();
    proxy.close();
    s3.close();
  }

  private JavaProgram phone(String scene, String way) throws IOException {
    return JavaProgram.start(
        folder,
        PhoneScenario.class,
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Drobolectric.offline=true",
            "-Drobolectric.dependency.dir=" + System.getProperty("robolectric.dependency.dir"),
            "-Dphone.app=" + folder.resolve("app"),
            "-Dphone.video=" + video,
            "-Dphone.way=" + way,
            "-Dphone.backend=" + backend.uri()),
        List.of(scene),
        Map.of());
  }

  /** Kills a phone when it has stored half of the parts and sends the others. */
  private void beginAndKill(String way) throws Exception {
    faults =
        head ->
            head.partNumber().orElse(0) > PARTS / 2 ? new Fault.LimitRate(64 << 10) : Fault.pass();
    try (JavaProgram phone = phone("begins", way)) {
      await()
          .atMost(LONG)
          .failFast(() -> assertThat(phone.isRunning()).as(phone::toString).isTrue())
          .until(() -> phone.stdout().contains("part 3"));
      phone.kill();
      assertThat(phone.awaitExit(LONG)).isEqualTo(137);
    }
    faults = head -> Fault.pass();
    assertThat(s3.openUploads()).hasSize(1);
    assertThat(backend.assets()).isEmpty();
  }

  private static void play(JavaProgram phone) throws InterruptedException {
    assertThat(phone.awaitExit(LONG)).as(phone::toString).isZero();
  }

  private void verifyStoredOnce() throws IOException {
    assertThat(s3.openUploads()).isEmpty();
    assertThat(s3.keys()).hasSize(1);
    assertThat(backend.assets()).hasSize(1);
    try (InputStream stored = s3.open(s3.keys().get(0))) {
      assertThat(stored.readAllBytes()).isEqualTo(Files.readAllBytes(video));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "stream"})
  void anUploadGoesOnAfterItsProcessWasKilled(String way) throws Exception {
    beginAndKill(way);
    try (JavaProgram phone = phone("goesOn", way)) {
      play(phone);
    }
    verifyStoredOnce();
    assertThat(backend.grants()).hasSize(1);
    // what S3 had confirmed was not sent again
    assertThat(
            proxy.requests().stream()
                .filter(r -> r.partNumber().isPresent())
                .filter(r -> r.outcome() == ProxiedRequest.Outcome.PASSED))
        .hasSize(PARTS);
  }

  @Test
  void anUploadWhoseVideoMayNoLongerBeReadSaysSoAndIsKept() throws Exception {
    beginAndKill("file");
    try (JavaProgram phone = phone("mayNotRead", "file")) {
      play(phone);
      assertThat(phone.stdout())
          .contains("refused upload ")
          .contains("the app may not read it any more; let the user pick the video again");
    }
    assertThat(s3.openUploads()).hasSize(1);
    try (JavaProgram phone = phone("goesOn", "file")) {
      play(phone);
    }
    verifyStoredOnce();
  }

  @Test
  void aMeteredNetworkIsWaitedOut() throws Exception {
    try (JavaProgram phone = phone("waitsForANetworkThatIsNotMetered", "file")) {
      await()
          .atMost(LONG)
          .failFast(() -> assertThat(phone.isRunning()).as(phone::toString).isTrue())
          .until(() -> phone.stdout().contains("waiting"));
      assertThat(backend.grants()).isEmpty();
      assertThat(proxy.requests()).isEmpty();
      Files.createFile(folder.resolve("app").resolve("unmetered"));
      play(phone);
    }
    verifyStoredOnce();
  }
}
