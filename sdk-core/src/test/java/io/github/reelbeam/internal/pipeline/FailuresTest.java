package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.NotificationException;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.SourceException;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.VirtualTime;
import io.github.reelbeam.internal.transfer.FailureKind;
import io.github.reelbeam.internal.transfer.TransferFailure;
import io.github.reelbeam.internal.transfer.TransferFailures;
import io.github.reelbeam.journal.JournalEntry.Stored;
import io.github.reelbeam.journal.JournalEntry.Target;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
  private static final UploadId ID = new UploadId("u1");

  private final HandDrivenScheduler scheduler = HandDrivenScheduler.immediate();
  private final JobAtRest upload =
      new JobAtRest(RetryPolicy.defaults(), scheduler, new VirtualTime());
  private final UploadJob job = upload.job();

  @BeforeEach
  void store() {
    job.write(
        entry ->
            entry
                .granted(new Target("bucket", "key", "region", null, false, null), Instant.EPOCH)
                .transferring(Transfer.planned(5 << 20, true), Instant.EPOCH)
                .stored(new Stored("abc", null, true), Instant.EPOCH));
  }

  @AfterEach
  void end() {
    scheduler.shutdownNow();
    upload.close();
  }

  private static GrantException refusal(boolean resumable) {
    return new GrantException(
        "the backend said no",
        new Details(null, Stage.GRANT, resumable, "request-2"),
        403,
        "quota",
        null);
  }

  private static void assertIs(UploadException failure, Stage stage, boolean resumable) {
    assertThat(failure.uploadId()).contains(ID);
    assertThat(failure.stage()).isEqualTo(stage);
    assertThat(failure.isResumable()).isEqualTo(resumable);
  }

  @ParameterizedTest
  @CsvSource({
    "SOURCE,         SourceException,   true,  stopped",
    "SOURCE_CHANGED, SourceException,   false, stopped",
    "CORRUPT,        TransferException, true,  twice",
    "DENIED,         TransferException, false, was refused",
    "REJECTED,       TransferException, false, was refused",
    "CREDENTIALS,    TransferException, true,  was interrupted",
    "UPLOAD_GONE,    TransferException, true,  was interrupted",
    "UNREACHABLE,    TransferException, true,  was interrupted",
    "THROTTLED,      TransferException, true,  was interrupted",
    "TRANSIENT,      TransferException, true,  was interrupted"
  })
  void eachKindOfFailureSaysWhatToDoNext(
      FailureKind kind, String leaf, boolean resumable, String words) {
    TransferFailure ended = TransferFailures.of(kind, null);
    UploadException failure = Failures.transfer(job, ended);
    assertIs(failure, Stage.TRANSFER, resumable);
    assertThat(failure.getClass().getSimpleName()).isEqualTo(leaf);
    assertThat(failure)
        .hasMessageContaining(ID.value())
        .hasMessageContaining("the run ended: " + kind)
        .hasMessageContaining(words)
        .hasCause(ended);
  }

  @Test
  void theStoresRequestIdIsKept() {
    assertThat(Failures.transfer(job, TransferFailures.of(FailureKind.DENIED, null)).requestId())
        .contains("request-1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheFetcherSaidIsSaidOfTheUpload(boolean resumable) {
    GrantException said = refusal(resumable);
    GrantException failure = Failures.grant(job, said);
    assertIs(failure, Stage.GRANT, resumable);
    assertThat(failure)
        .hasMessage("upload u1 has no credentials: the backend said no")
        .hasCause(said);
    assertThat(failure.status()).hasValue(403);
    assertThat(failure.code()).contains("quota");
    assertThat(failure.requestId()).contains("request-2");
  }

  @Test
  void aFetcherThatThrewSomethingElseMayDoBetter() {
    IllegalStateException thrown = new IllegalStateException("on purpose");
    GrantException failure = Failures.grant(job, thrown);
    assertIs(failure, Stage.GRANT, true);
    assertThat(failure)
        .hasMessageEndingWith("the credentials fetcher failed: " + thrown)
        .hasCause(thrown);
    assertThat(failure.status()).isEmpty();
  }

  @Test
  void aRunThatEndedForWantOfCredentialsIsAMatterOfTheGrant() {
    GrantException said = refusal(false);
    TransferFailure ended = TransferFailures.of(FailureKind.GRANT, new CompletionException(said));
    assertThat(Failures.transfer(job, ended)).isInstanceOf(GrantException.class).hasCause(said);
    assertThat(Failures.refusedGrant(ended)).contains(said);
  }

  @Test
  void aRunThatEndedForSomethingElseHasNoRefusedGrant() {
    TransferFailure ended = TransferFailures.of(FailureKind.TRANSIENT, refusal(true));
    assertThat(Failures.refusedGrant(ended)).isEmpty();
  }

  @Test
  void afterARefusalOfTheStoreBothAreTold() {
    TransferFailure refused = TransferFailures.of(FailureKind.DENIED, null);
    TransferFailure ended = TransferFailures.of(FailureKind.GRANT, refusal(true));
    UploadException failure = Failures.noOtherCredentials(job, ended, refused);
    assertIs(failure, Stage.GRANT, true);
    assertThat(failure)
        .hasMessage(
            "upload u1 has no credentials: the backend said no."
                + " They were asked for because the run ended: DENIED");
    assertThat(failure.requestId()).contains("request-2");
  }

  @Test
  void whatTheJournalThrewIsThrownOn() {
    UploadException full =
        new UploadException(
            "the journal is full", new Details(ID, Stage.TRANSFER, true, null), null);
    TransferFailure ended = TransferFailures.of(FailureKind.STOPPED_BY_OBSERVER, full);
    assertThat(Failures.transfer(job, ended)).isSameAs(full);
  }

  @Test
  void aDefectIsToldAsUnexpected() {
    TransferFailure ended =
        TransferFailures.of(FailureKind.STOPPED_BY_OBSERVER, new IllegalStateException());
    UploadException failure = Failures.transfer(job, ended);
    assertIs(failure, Stage.TRANSFER, true);
    assertThat(failure).hasMessageContaining("failed unexpectedly").hasCause(ended);
  }

  @Test
  void whatTheNotifierSaidIsSaidOfTheAsset() {
    NotificationException said =
        new NotificationException(
            "the backend said no",
            new Details(null, Stage.NOTIFY, false, "request-3"),
            job.asset(),
            422,
            "wrong",
            null);
    NotificationException failure = Failures.notification(job, said);
    assertIs(failure, Stage.NOTIFY, false);
    assertThat(failure)
        .hasMessage("upload u1 is stored, but the backend was not told: the backend said no")
        .hasCause(said);
    assertThat(failure.status()).hasValue(422);
    assertThat(failure.code()).contains("wrong");
    assertThat(failure.requestId()).contains("request-3");
  }

  @Test
  void aNotifierThatThrewSomethingElseMayDoBetter() {
    IllegalStateException thrown = new IllegalStateException("on purpose");
    NotificationException failure = Failures.notification(job, thrown);
    assertIs(failure, Stage.NOTIFY, true);
    assertThat(failure).hasMessageEndingWith("the notifier failed: " + thrown).hasCause(thrown);
    assertThat(failure.asset()).isEqualTo(job.asset());
  }

  @Test
  void anUploadExceptionStaysWhatItIs() {
    SourceException known =
        new SourceException("gone", new Details(ID, Stage.PREPARE, true, null), null);
    assertThat(Failures.of(job, known)).isSameAs(known);
  }

  @Test
  void anythingElseIsUnexpected() {
    IllegalStateException thrown = new IllegalStateException("on purpose");
    assertThat(Failures.of(job, thrown)).hasMessageContaining("unexpectedly").hasCause(thrown);
    assertThat(Failures.of(job, null)).hasCauseInstanceOf(IllegalStateException.class);
  }
}
