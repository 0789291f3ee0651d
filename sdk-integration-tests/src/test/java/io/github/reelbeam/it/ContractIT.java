package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.NotificationException;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.HttpCredentialsFetcher;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.testservers.BackendCall;
import io.github.reelbeam.testservers.BackendCall.Operation;
import io.github.reelbeam.testservers.BackendFault;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.FaultProxy;
import io.github.reelbeam.testservers.RequestHead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The client and the embedded backend keep to {@code docs/openapi.yaml} through a whole upload,
 * whatever happens on the way: every request and every answer on the wire is looked at.
 */
class ContractIT {
  private static final int PART = 5 << 20;
  private static final String GRANT = "/api/v1/uploads";
  private static final String RENEWAL = "/api/v1/uploads/renewals";
  private static final String VIDEO = "/api/v1/video";

  @TempDir Path folder;
  private final ContractValidator contract = new ContractValidator();
  private final RecordedExchanges wire = new RecordedExchanges();
  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final FaultProxy store = FaultProxy.start(s3.endpoint(), this::storeFault);
  private final EmbeddedBackend backend =
      EmbeddedBackend.builder(s3)
          .s3Endpoint(store.uri())
          .bearerToken("good", "ada")
          .faults(this::backendFault)
          .start();

  private volatile Function<RequestHead, Fault> storeFaults = head -> Fault.pass();
  private volatile Function<BackendCall, BackendFault> backendFaults = call -> BackendFault.none();
  private Path file;

  private Fault storeFault(RequestHead head) {
    return storeFaults.apply(head);
  }

  private BackendFault backendFault(BackendCall call) {
    return backendFaults.apply(call);
  }

  @BeforeEach
  void makeFile() throws Exception {
    file = Files.write(folder.resolve("holiday \u2603 \"1\".mp4"), new byte[PART + 4321]);
  }

  @AfterEach
  void stopServers() {
    backend.close();
    store.close();
    s3.close();
  }

  private VideoAsset upload(Supplier<String> authorization) throws InterruptedException {
    TransferOptions options =
        TransferOptions.builder()
            .partSize(PART)
            .retryPolicy(
                RetryPolicy.builder()
                    .maxAttempts(3)
                    .baseDelay(Duration.ofMillis(20))
                    .maxDelay(Duration.ofMillis(50))
                    .build())
            .build();
    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(backend.uri(), authorization)
            .journal(UploadJournal.inMemory())
            .transferOptions(options)
            .httpClient(wire.client())
            .build()) {
      return uploader
          .upload(UploadRequest.builder(file).metadata("title", "Holiday").build())
          .await();
    }
  }

  private VideoAsset upload() throws InterruptedException {
    return upload(() -> "Bearer good");
  }

  /** What was said, and that all of it keeps to the contract. */
  private void assertSaid(String... summary) {
    assertThat(wire.summary()).containsExactly(summary);
    assertThat(wire.all().stream().flatMap(said -> contract.problems(said).stream())).isEmpty();
  }

  @Test
  void aWholeUpload() throws Exception {
    upload();
    assertSaid(GRANT + " 201", VIDEO + " 201");
    assertThat(wire.all().get(1).requestBody()).contains("checksum", "\"confirmed\":true");
  }

  @Test
  void anUploadWhoseCredentialsAreRenewed() throws Exception {
    AtomicBoolean revoked = new AtomicBoolean();
    storeFaults =
        head -> {
          if (head.partNumber().isPresent() && revoked.compareAndSet(false, true)) {
            s3.revoke(backend.grants().get(0).accessKeyId());
          }
          return Fault.pass();
        };
    upload();
    assertSaid(GRANT + " 201", RENEWAL + " 200", VIDEO + " 201");
  }

  @Test
  void aNotificationWhoseAnswerGotLost() throws Exception {
    backendFaults = first(Operation.NOTIFICATION, BackendFault.hangUpAfterEffect());
    upload();
    assertSaid(GRANT + " 201", VIDEO + " 200");
    assertThat(backend.notifications()).hasSize(2);
    assertThat(backend.assets()).hasSize(1);
  }

  @Test
  void anAuthorizationThatHasRunOut() throws Exception {
    Iterator<String> tokens = List.of("Bearer old", "Bearer good", "Bearer good").iterator();
    upload(tokens::next);
    assertSaid(GRANT + " 401", GRANT + " 201", VIDEO + " 201");
  }

  @Test
  void aBackendThatIsBusy() throws Exception {
    backendFaults =
        first(
            Operation.GRANT,
            new BackendFault.Answer(
                503,
                Map.of("Retry-After", "1"),
                "{\"code\":\"unavailable\",\"message\":\"try again later\"}",
                false));
    upload();
    assertSaid(GRANT + " 503", GRANT + " 201", VIDEO + " 201");
  }

  @Test
  void anUploadThatNobodySawSucceed() throws Exception {
    storeFaults =
        head -> {
          if (!head.isComplete()) {
            return Fault.pass();
          }
          return head.attempt() == 1 ? new Fault.DropResponse() : Fault.noSuchUpload();
        };
    upload();
    assertSaid(GRANT + " 201", VIDEO + " 201");
    assertThat(wire.all().get(1).requestBody()).contains("\"confirmed\":false", "\"eTag\":\"\"");
  }

  @Test
  void anObjectThatTheBackendDoesNotFind() throws Exception {
    AtomicBoolean lost = new AtomicBoolean();
    storeFaults =
        head -> {
          if (head.isComplete() && lost.compareAndSet(false, true)) {
            s3.abortUploads(backend.grants().get(0).key());
            return Fault.noSuchUpload();
          }
          return Fault.pass();
        };
    upload();
    assertSaid(GRANT + " 201", VIDEO + " 404", VIDEO + " 201");
  }

  /** What the table in the document promises: code and message reach the app, which stops. */
  @ParameterizedTest
  @CsvSource({
    "400, invalid_request",
    "403, forbidden",
    "413, too_large",
    "415, content_type_not_allowed",
    "422, quota_exceeded"
  })
  void aGrantThatIsRefused(int status, String code) {
    backendFaults = first(Operation.GRANT, refusal(status, code));
    GrantException refused = catchThrowableOfType(GrantException.class, this::upload);
    assertThat(refused.code()).contains(code);
    assertThat(refused).hasMessageContaining("because");
    assertThat(refused.isResumable()).isFalse();
    assertSaid(GRANT + " " + status);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request",
    "403, forbidden",
    "409, asset_mismatch",
    "409, upload_conflict",
    "413, too_large",
    "415, content_type_not_allowed"
  })
  void aNotificationThatIsRefused(int status, String code) {
    backendFaults = first(Operation.NOTIFICATION, refusal(status, code));
    NotificationException refused = catchThrowableOfType(NotificationException.class, this::upload);
    assertThat(refused.code()).contains(code);
    assertThat(refused).hasMessageContaining("because");
    assertThat(refused.isResumable()).isFalse();
    assertSaid(GRANT + " 201", VIDEO + " " + status);
  }

  /** The credentials of the first grant end before a byte is stored. */
  private void renewalAnswers(String code) {
    backendFaults = first(Operation.RENEWAL, refusal(403, code));
    storeFaults =
        head -> {
          s3.revoke(backend.grants().get(0).accessKeyId());
          return Fault.pass();
        };
  }

  @Test
  void aRenewalThatIsRefused() {
    renewalAnswers("renewal_refused");
    GrantException refused = catchThrowableOfType(GrantException.class, this::upload);
    assertThat(refused.code()).contains("renewal_refused");
    assertThat(refused.isResumable()).isFalse();
    assertSaid(GRANT + " 201", RENEWAL + " 403");
  }

  @Test
  void aRenewalThatComesTooLate() throws Exception {
    renewalAnswers("renewal_expired");
    upload();
    assertSaid(GRANT + " 201", RENEWAL + " 403", GRANT + " 201", VIDEO + " 201");
  }

  @ParameterizedTest
  @CsvSource({"429, too_many_requests", "500, internal_error", "503, unavailable"})
  void whatIsTriedAgain(int status, String code) throws Exception {
    backendFaults = call -> call.number() == 1 ? refusal(status, code) : BackendFault.none();
    upload();
    assertSaid(GRANT + " " + status, GRANT + " 201", VIDEO + " " + status, VIDEO + " 201");
  }

  /** The smallest grant there is, and its renewal without a token. */
  @Test
  void aBackendWithoutRenewalTokens() throws Exception {
    try (EmbeddedBackend plain = EmbeddedBackend.builder(s3).plainPayload().start()) {
      HttpCredentialsFetcher fetcher =
          HttpCredentialsFetcher.builder(plain.uri())
              .authorization(() -> "Bearer any")
              .httpClient(wire.client())
              .build();
      UploadGrant grant =
          fetcher.issue(new CredentialsFetcher.Request("a", "video/mp4", 5, Map.of()));
      fetcher.renew(new CredentialsFetcher.Renewal(grant.bucket(), grant.key(), null));
    }
    assertSaid(GRANT + " 201", RENEWAL + " 200");
    assertThat(wire.all().get(1).requestBody()).doesNotContain("renewalToken");
  }

  private static Function<BackendCall, BackendFault> first(
      Operation operation, BackendFault fault) {
    return call ->
        call.operation() == operation && call.number() == 1 ? fault : BackendFault.none();
  }

  private static BackendFault refusal(int status, String code) {
    return BackendFault.answer(status, "{\"code\":\"%s\",\"message\":\"because\"}".formatted(code));
  }
}
