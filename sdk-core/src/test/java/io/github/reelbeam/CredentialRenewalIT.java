package io.github.reelbeam;

import static io.github.reelbeam.Servers.MIB;
import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reelbeam.testservers.BackendCall.Operation;
import io.github.reelbeam.testservers.BackendFault;
import io.github.reelbeam.testservers.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that end long before the upload, on a store that enforces them. */
class CredentialRenewalIT {
  @TempDir Path folder;

  @Test
  void fiveSecondsOfCredentialsCarryAnUploadOfTwenty() throws Exception {
    uploadFor(Duration.ofSeconds(20), Duration.ofSeconds(5));
  }

  @Test
  @Tag("slow")
  void twentySecondsOfCredentialsCarryAnUploadOfNinety() throws Exception {
    uploadFor(Duration.ofSeconds(90), Duration.ofSeconds(20));
  }

  /** Or else nobody learns that it is the bucket's policy, say, that is wrong. */
  @Test
  void whereNoOthersCanBeHadTheStoresRefusalIsToldToo() throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), 2 * PART);
    RecordingListener listener = new RecordingListener();
    try (Servers servers = Servers.start();
        VideoUploader uploader = servers.uploader().build()) {
      servers.faults(head -> head.isCreate() ? Fault.accessDenied() : Fault.pass());
      servers.backendFaults(
          call ->
              call.operation() == Operation.RENEWAL
                  ? BackendFault.answer(
                      403, "{\"code\":\"renewal_refused\",\"message\":\"not yours\"}")
                  : BackendFault.none());
      Upload upload = uploader.upload(UploadRequest.builder(file).listener(listener).build());
      GrantException failure = catchThrowableOfType(GrantException.class, upload::await);
      assertThat(failure).hasMessageContaining("not yours").hasMessageContaining("AccessDenied");
      assertThat(failure.code()).contains("renewal_refused");
      assertThat(failure.isResumable()).isFalse();
    }
    listener.verify("failed");
  }

  private void uploadFor(Duration length, Duration validity) throws Exception {
    int size = 64 * MIB;
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), size);
    RecordingListener listener = new RecordingListener();
    try (Servers servers = Servers.withCredentialsFor(validity);
        VideoUploader uploader =
            servers
                .uploader()
                .transferOptions(Servers.options().rateLimit(size / length.toSeconds()).build())
                .build()) {
      long began = System.nanoTime();
      Upload upload = uploader.upload(UploadRequest.builder(file).listener(listener).build());
      VideoAsset asset = upload.await(length.multipliedBy(2));
      Duration took = Duration.ofNanos(System.nanoTime() - began);

      listener.verify("completed");
      assertThat(took).isGreaterThan(length.multipliedBy(9).dividedBy(10));
      assertThat(TestFiles.mismatch(file, servers.s3.open(asset.key()))).isEqualTo(-1);
      assertThat(listener.renewals()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(listener.retries()).as("failed parts").isEmpty();
      assertThat(servers.partRequests()).hasSize((size + PART - 1) / PART);
      assertThat(servers.backend.grants()).hasSize(1);
      assertThat(listener.progress().size()).isLessThan((int) (10 * took.toSeconds() + 10));
    }
  }
}
