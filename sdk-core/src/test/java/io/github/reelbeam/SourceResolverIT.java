package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sources that are no files are found again after the process has ended. */
class SourceResolverIT {
  private final Servers servers = Servers.start();
  private final BytesSource source = BytesSource.random(3 * PART);
  private UploadId id;

  /** An earlier process has stored the first part. */
  @BeforeEach
  void begin() {
    servers.faults(
        head -> head.partNumber().orElse(0) > 1 ? new Fault.LimitRate(1 << 10) : Fault.pass());
    RecordingListener listener = new RecordingListener();
    try (VideoUploader uploader = servers.uploader().build()) {
      id = uploader.upload(UploadRequest.builder(source).listener(listener).build()).id();
      await().atMost(Duration.ofSeconds(20)).until(() -> listener.parts().size() == 1);
    }
    servers.faults(head -> Fault.pass());
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  private VideoUploader uploader(SourceResolver resolver) {
    return servers.uploader().sourceResolver(resolver).build();
  }

  @Test
  void resumeAllGoesOnWithASourceThatTheResolverKnows() throws Exception {
    SourceResolver resolver =
        reference -> reference.equals(source.reference()) ? Optional.of(source) : Optional.empty();
    try (VideoUploader uploader = uploader(resolver)) {
      Upload upload = uploader.resumeAll().get(0);
      assertThat(upload.id()).isEqualTo(id);
      VideoAsset asset = upload.await(Duration.ofSeconds(30));
      try (var stored = servers.s3.open(asset.key())) {
        assertThat(stored.readAllBytes()).isEqualTo(source.bytes());
      }
    }
    servers.verifyNothingIsLeft();
    assertThat(servers.backend.grants()).hasSize(1);
  }

  @Test
  void oneThatIsOutOfReachStaysPending() {
    SourceResolver resolver =
        reference -> {
          throw new IOException("the provider is gone");
        };
    try (VideoUploader uploader = uploader(resolver)) {
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(() -> uploader.resume(id))
          .withMessageContaining("out of reach")
          .withMessageContaining("the provider is gone")
          .withMessageContaining(id.value())
          .matches(SourceException::isResumable);
      assertThat(uploader.resumeAll()).isEmpty();
      assertThat(uploader.pending()).extracting(PendingUpload::id).containsExactly(id);
    }
  }

  @Test
  void oneThatNobodyKnowsStaysPending() {
    try (VideoUploader uploader = uploader(reference -> Optional.empty())) {
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(() -> uploader.resume(id))
          .withMessageContaining("no SourceResolver knows it")
          .matches(SourceException::isResumable);
      // the claim was given back
      assertThat(uploader.discard(id)).isTrue();
    }
    servers.verifyNothingIsLeft();
  }
}
