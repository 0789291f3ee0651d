package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.HttpCredentialsFetcher;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.ProxiedRequest;
import io.github.reelbeam.testservers.RequestHead;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A machine whose clock is off, or is set while it uploads. What is signed bears the store's time,
 * so that the store has nothing to refuse.
 */
class ClockSkewIT {
  private static final Duration SKEW = Duration.ofMinutes(10);
  private static final int PARTS = 6;
  private static final DateTimeFormatter SIGNED =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

  @TempDir Path folder;

  @Test
  void theStoresLastWordIsSigned() throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), 2 * PART);
    RecordingListener listener = new RecordingListener();
    try (Servers servers = Servers.start();
        VideoUploader uploader =
            servers.uploader().transferOptions(Servers.options().parallelism(1).build()).build()) {
      servers.faults(ClockSkewIT::faultOf);
      VideoAsset asset =
          uploader.upload(UploadRequest.builder(file).listener(listener).build()).await();
      listener.verify("completed");
      assertThat(listener.retries()).hasSize(1);
      assertThat(TestFiles.mismatch(file, servers.s3.open(asset.key()))).isEqualTo(-1);

      List<Duration> ahead =
          servers.partRequests().stream()
              .map(ProxiedRequest::head)
              .map(ClockSkewIT::ahead)
              .toList();
      assertThat(ahead).hasSize(3);
      assertThat(ahead.get(0)).isLessThan(Duration.ofMinutes(1));
      assertThat(ahead.get(1)).isBetween(SKEW.minusMinutes(1), SKEW.plusMinutes(1));
      // the answer to that one has come from the store itself
      assertThat(ahead.get(2)).isLessThan(Duration.ofMinutes(1));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-2, 2})
  void twoHoursOffFromTheStart(long hours) throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART);
    RecordingListener listener = new RecordingListener();
    SkewedClock clock = new SkewedClock(Duration.ofHours(hours));
    try (Servers servers = Servers.start();
        VideoUploader uploader = servers.uploader().clock(clock).build()) {
      servers.verifyStoredOnce(
          file, uploader.upload(UploadRequest.builder(file).listener(listener).build()).await());
      verifyNothingWasRefused(servers);
    }
    listener.verify("completed");
  }

  @Test
  void setBackAndForthInTheMiddle() throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART);
    SkewedClock clock = new SkewedClock(Duration.ZERO);
    RecordingListener listener = new RecordingListener();
    try (Servers servers = Servers.start();
        VideoUploader uploader =
            servers
                .uploader()
                .clock(clock)
                .transferOptions(Servers.options().parallelism(1).build())
                .build()) {
      servers.faults(
          head -> {
            int part = head.partNumber().orElse(0);
            clock.set(Duration.ofHours(part < 2 ? 0 : part < 4 ? 2 : -2));
            return Fault.pass();
          });
      servers.verifyStoredOnce(
          file, uploader.upload(UploadRequest.builder(file).listener(listener).build()).await());
      verifyNothingWasRefused(servers);
    }
    listener.verify("completed");
  }

  /** The control: this store does refuse what is signed by a wrong clock, and says its time. */
  @ParameterizedTest
  @ValueSource(longs = {-2, 2})
  void whereNobodyHasSaidWhatTimeItIsTheStoreDoes(long hours) throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART);
    SkewedClock clock = new SkewedClock(Duration.ofHours(hours));
    RecordingListener listener = new RecordingListener();
    try (Servers servers = Servers.start();
        VideoUploader uploader =
            servers.uploader().credentialsFetcher(judgedBy(clock, servers)).clock(clock).build()) {
      servers.verifyStoredOnce(
          file, uploader.upload(UploadRequest.builder(file).listener(listener).build()).await());
      List<ProxiedRequest> refused =
          servers.proxy.requests().stream().filter(r -> r.status() >= 400).toList();
      assertThat(refused)
          .singleElement()
          .satisfies(
              r -> {
                assertThat(r.status()).isEqualTo(403);
                assertThat(r.head().partNumber()).as("a part was sent in vain").isEmpty();
              });
      assertThat(servers.partRequests()).hasSize(PARTS);
    }
    listener.verify("completed");
  }

  private static void verifyNothingWasRefused(Servers servers) {
    assertThat(servers.proxy.requests())
        .allSatisfy(request -> assertThat(request.status()).isBetween(200, 299));
    assertThat(servers.partRequests()).hasSize(PARTS);
  }

  /** Grants whose time left is judged by the machine's clock, as an app's own fetcher might. */
  private static CredentialsFetcher judgedBy(Clock machine, Servers servers) {
    CredentialsFetcher backend = HttpCredentialsFetcher.builder(servers.backend.uri()).build();
    return new CredentialsFetcher() {
      @Override
      public UploadGrant issue(Request request) throws InterruptedException {
        UploadGrant grant = backend.issue(request);
        TemporaryCredentials keys = grant.credentials();
        Duration left = grant.validFor();
        return new UploadGrant(
            new TemporaryCredentials(
                keys.accessKeyId(),
                keys.secretAccessKey(),
                keys.sessionToken(),
                machine.instant().plus(left)),
            grant.bucket(),
            grant.key(),
            grant.region(),
            grant.customEndpoint(),
            grant.pathStyleAccess(),
            grant.token(),
            left);
      }

      @Override
      public UploadGrant renew(Renewal renewal) throws InterruptedException {
        return backend.renew(renewal);
      }
    };
  }

  private static Fault faultOf(RequestHead head) {
    if (head.partNumber().orElse(0) != 1 || head.attempt() > 1) {
      return Fault.pass();
    }
    return Fault.requestTimeTooSkewed(403, Instant.now().plus(SKEW));
  }

  private static Duration ahead(RequestHead head) {
    LocalDateTime signed =
        LocalDateTime.parse(head.headers().getOrDefault("x-amz-date", ""), SIGNED);
    return Duration.between(LocalDateTime.now(ZoneOffset.UTC), signed);
  }
}
