package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reelbeam.testservers.CertificateFlaw;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.ProxiedRequest;
import io.github.reelbeam.testservers.TlsFront;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers whose certificates are not to be trusted: nothing is sent, and the app is told why. */
@Timeout(60)
class TlsFailuresIT {
  private static final int ATTEMPTS = 2;
  private static final int PARTS = 2;

  @TempDir Path folder;
  private final List<TlsFront> fronts = new ArrayList<>();
  private final Servers servers = Servers.withStoreAt(this::front);
  private final TlsFront store = fronts.get(0);
  private final TlsFront backend = store.startBeside(servers.backendProxy.uri());
  private final RecordingListener listener = new RecordingListener();
  private Path file;

  private URI front(URI proxy) {
    TlsFront front = TlsFront.start(proxy);
    fronts.add(front);
    return front.uri();
  }

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART);
  }

  @AfterEach
  void stopServers() {
    backend.close();
    store.close();
    servers.close();
  }

  static Stream<Arguments> flaws() {
    return Stream.of(
        Arguments.of(CertificateFlaw.OTHER_NAME, "is for another name"),
        Arguments.of(CertificateFlaw.EXPIRED, "has expired, or this device's clock is wrong"),
        Arguments.of(
            CertificateFlaw.UNKNOWN_AUTHORITY,
            "is not signed by an authority that this device trusts"));
  }

  /** A day to wait for a backend that is gone, as by default: none of it is spent on these. */
  private VideoUploader uploader() {
    return uploader(ATTEMPTS);
  }

  private VideoUploader uploader(int attempts) {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .sslSocketFactory(store.clientSslContext().getSocketFactory(), store.trustManager())
            .build();
    RetryPolicy policy =
        RetryPolicy.builder()
            .maxAttempts(attempts)
            .baseDelay(Duration.ofMillis(50))
            .maxDelay(Duration.ofMillis(100))
            .build();
    return servers
        .uploader()
        .backend(backend.uri(), () -> "Bearer none")
        .httpClient(client)
        .transferOptions(Servers.options().retryPolicy(policy).build())
        .build();
  }

  private UploadRequest request() {
    return UploadRequest.builder(file).listener(listener).build();
  }

  private void resumeToTheEnd(VideoUploader uploader) throws Exception {
    RecordingListener second = new RecordingListener();
    VideoAsset asset =
        uploader.upload(UploadRequest.builder(file).listener(second).build()).await();
    second.verify("completed");
    servers.verifyStoredOnce(file, asset);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flaws")
  void aStoreThatIsNotTrusted(CertificateFlaw flaw, String words) throws Exception {
    store.show(flaw);
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      TransferException failure = catchThrowableOfType(TransferException.class, upload::await);
      assertThat(failure).hasMessageContaining("the certificate of 127.0.0.1 " + words);
      assertThat(failure.isResumable()).isTrue();
      listener.verify("failed");
      assertThat(store.bytesReceived()).isZero();
      assertThat(store.connections()).isEqualTo(ATTEMPTS);
      assertThat(servers.s3.openUploads()).isEmpty();

      store.show(CertificateFlaw.NONE);
      resumeToTheEnd(uploader);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flaws")
  void aBackendThatIsNotTrusted(CertificateFlaw flaw, String words) throws Exception {
    backend.show(flaw);
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      GrantException failure = catchThrowableOfType(GrantException.class, upload::await);
      assertThat(failure)
          .hasMessageContaining(backend.uri() + "/api/v1/uploads was not trusted")
          .hasMessageContaining("the certificate of 127.0.0.1 " + words);
      assertThat(failure.isResumable()).isTrue();
      listener.verify("failed");
      assertThat(backend.bytesReceived()).isZero();
      assertThat(backend.connections()).isEqualTo(ATTEMPTS);

      backend.show(CertificateFlaw.NONE);
      resumeToTheEnd(uploader);
      assertThat(servers.backend.grants()).hasSize(1);
    }
  }

  @Test
  void aCertificateThatRunsOutAmongTheParts() throws Exception {
    servers.faults(
        head -> {
          if (head.partNumber().orElse(0) == PARTS) {
            store.show(CertificateFlaw.EXPIRED);
          }
          return Fault.pass();
        });
    // one for the connection that is cut, one for another that lies in the pool
    try (VideoUploader uploader = uploader(2 + ATTEMPTS)) {
      Upload upload = uploader.upload(request());
      TransferException failure = catchThrowableOfType(TransferException.class, upload::await);
      assertThat(failure)
          .hasMessageContaining("has expired")
          .hasMessageContaining("What is stored is kept");
      int stored = servers.s3.openUploads().get(0).partNumbers().size();
      List<ProxiedRequest> before = servers.partRequests();

      servers.faults(head -> Fault.pass());
      store.show(CertificateFlaw.NONE);
      resumeToTheEnd(uploader);
      assertThat(servers.partRequests()).hasSize(before.size() + PARTS - stored);
    }
  }

  @Test
  void aBackendThatIsNotTrustedWithTheNotification() throws Exception {
    servers.faults(
        head -> {
          if (head.isComplete()) {
            backend.show(CertificateFlaw.UNKNOWN_AUTHORITY);
          }
          return Fault.pass();
        });
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      NotificationException failure =
          catchThrowableOfType(NotificationException.class, upload::await);
      assertThat(failure)
          .hasMessageContaining("is stored, but the backend was not told")
          .hasMessageContaining("the certificate of 127.0.0.1 is not signed by an authority");
      assertThat(failure.isResumable()).isTrue();
      assertThat(servers.backend.notifications()).isEmpty();
      int requests = servers.proxy.requests().size();

      backend.show(CertificateFlaw.NONE);
      resumeToTheEnd(uploader);
      assertThat(servers.proxy.requests()).as("the store is asked nothing").hasSize(requests);
    }
  }
}
