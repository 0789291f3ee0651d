package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.HttpCredentialsFetcher;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.testservers.Fault;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever an endpoint comes from, nothing is sent to one that the app does not allow. */
class AllowedStoresIT {
  private static final int PARTS = 3;
  private static final String ANOTHER = "s3.example.com";

  @TempDir Path folder;
  private Servers servers = Servers.start();
  private final RecordingListener listener = new RecordingListener();
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART);
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  private UploadRequest request(RecordingListener heard) {
    return UploadRequest.builder(file).listener(heard).build();
  }

  private String store() {
    return "127.0.0.1:" + servers.proxy.uri().getPort();
  }

  private GrantException refusal(VideoUploader.Builder builder) throws Exception {
    try (VideoUploader uploader = builder.build()) {
      Upload upload = uploader.upload(request(listener));
      GrantException refusal = catchThrowableOfType(GrantException.class, upload::await);
      assertThat(refusal).isNotNull();
      return refusal;
    } finally {
      listener.verify("failed");
    }
  }

  /** Leaves an upload behind with one part missing; returns how many requests that took. */
  private int leaveHalfDone() throws Exception {
    servers.faults(
        head -> head.partNumber().orElse(0) == PARTS ? new Fault.StallAfter(1000) : Fault.pass());
    RecordingListener first = new RecordingListener();
    try (VideoUploader uploader = servers.uploader().build()) {
      uploader.upload(request(first));
      await().until(() -> first.parts().size() == PARTS - 1);
    }
    servers.faults(head -> Fault.pass());
    return servers.proxy.requests().size();
  }

  @Test
  void anUploadToAnAllowedStoreIsLikeAnyOther() throws Exception {
    try (VideoUploader uploader = servers.uploader().allowedEndpoints(ANOTHER, store()).build()) {
      servers.verifyStoredOnce(file, uploader.upload(request(listener)).await());
    }
    listener.verify("completed");
  }

  @Test
  void aGrantForAnotherStoreIsRefusedAndNotRemembered() throws Exception {
    GrantException refusal = refusal(servers.uploader().allowedEndpoints(ANOTHER));

    assertThat(refusal).hasMessageContaining(store() + " to").hasMessageContaining("upload ");
    assertThat(servers.proxy.requests()).isEmpty();
    assertThat(servers.journal.entries()).singleElement().extracting(JournalEntry::target).isNull();
  }

  @Test
  void theEndpointOfAnUploadInTheJournalIsHeldAgainstTheListToo() throws Exception {
    int before = leaveHalfDone();

    assertThat(refusal(servers.uploader().allowedEndpoints(ANOTHER)))
        .hasMessageContaining("allowedEndpoints");
    assertThat(servers.proxy.requests()).hasSize(before);
    assertThat(servers.backend.renewals()).isEmpty();
  }

  @Test
  void aRenewalThatNamesAnotherStoreIsRefused() throws Exception {
    int before = leaveHalfDone();
    CredentialsFetcher real = HttpCredentialsFetcher.builder(servers.backendProxy.uri()).build();
    CredentialsFetcher turned =
        new CredentialsFetcher() {
          @Override
          public UploadGrant issue(Request wanted) throws InterruptedException {
            return real.issue(wanted);
          }

          @Override
          public UploadGrant renew(Renewal renewal) throws InterruptedException {
            return elsewhere(real.renew(renewal));
          }

          @Override
          public String backend() {
            return real.backend();
          }
        };

    assertThat(refusal(servers.uploader().credentialsFetcher(turned).allowedEndpoints(store())))
        .hasMessageContaining("evil.example");
    assertThat(servers.proxy.requests()).hasSize(before);
  }

  private static UploadGrant elsewhere(UploadGrant grant) {
    return new UploadGrant(
        grant.credentials(),
        grant.bucket(),
        grant.key(),
        grant.region(),
        URI.create("https://evil.example"),
        grant.pathStyleAccess(),
        grant.token(),
        grant.validFor());
  }

  @Test
  void aDiscardSendsNothingToAnotherStoreAndStaysDue() throws Exception {
    int before = leaveHalfDone();
    UploadId id = servers.journal.entries().get(0).id();

    try (VideoUploader uploader = servers.uploader().allowedEndpoints(ANOTHER).build()) {
      assertThatExceptionOfType(UploadException.class)
          .isThrownBy(() -> uploader.discard(id))
          .withMessageContaining("allowedEndpoints");
    }
    assertThat(servers.proxy.requests()).hasSize(before);
    try (VideoUploader uploader = servers.uploader().allowedEndpoints(store()).build()) {
      assertThat(uploader.discard(id)).isTrue();
    }
    servers.verifyNothingIsLeft();
  }

  @Test
  void aGrantForAStoreInTheOpenIsRefused() throws Exception {
    servers.close();
    servers = Servers.withStoreCalled("store.invalid");

    GrantException refusal =
        refusal(
            VideoUploader.builder()
                .backend(servers.backendProxy.uri(), () -> "Bearer none")
                .journal(servers.journal));

    assertThat(refusal)
        .hasMessageContaining("store.invalid")
        .hasMessageContaining("allowCleartext()");
    assertThat(servers.proxy.requests()).isEmpty();
  }

  @Test
  void aBackendInTheOpenIsRefusedWhenTheUploaderIsBuilt() {
    VideoUploader.Builder builder =
        VideoUploader.builder()
            .backend(URI.create("http://api.example.com"), () -> "Bearer none")
            .journal(UploadJournal.inMemory());

    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("allowCleartext()");
    builder.allowCleartext().build().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "https://s3.example.com", "*.com"})
  void aListThatCouldBeMisunderstoodIsRefused(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoUploader.builder().allowedEndpoints(host));
  }

  @Test
  void aListOfNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoUploader.builder().allowedEndpoints());
  }
}
