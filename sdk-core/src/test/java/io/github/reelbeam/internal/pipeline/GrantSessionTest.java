package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.HandDrivenExecutor;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.VirtualTime;
import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.CredentialsFetcher.Renewal;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantSessionTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final HandDrivenExecutor workers = new HandDrivenExecutor();
  private final Backend backend = new Backend();
  private final List<String> renewed = new ArrayList<>();
  private final GrantSession session =
      new GrantSession(
          backend,
          new Renewal("bucket", "key", "token-0"),
          workers,
          time,
          grant -> renewed.add(grant.credentials().accessKeyId()));

  private static UploadGrant grant(String keyId, Duration validFor) {
    return new UploadGrant(
        new TemporaryCredentials(keyId, "secret", "session", Instant.EPOCH),
        "bucket",
        "key",
        "region",
        null,
        false,
        "token-of-" + keyId,
        validFor);
  }

  /** Which credentials are served at once; empty if one has to wait. */
  private static String keyOf(CompletableFuture<TemporaryCredentials> credentials) {
    return credentials.isDone() ? credentials.join().accessKeyId() : "";
  }

  private String served() {
    return keyOf(session.credentials());
  }

  @Test
  void servesTheGrantThatHasArrived() {
    session.accept(grant("first", HOUR));
    assertThat(served()).isEqualTo("first");
    assertThat(backend.asked).isEmpty();
  }

  @Test
  void asksForCredentialsAfterARestart() {
    CompletableFuture<TemporaryCredentials> waiting = session.credentials();
    assertThat(waiting).isNotDone();
    workers.runAll();
    assertThat(keyOf(waiting)).isEqualTo("renewed-1");
    assertThat(backend.asked).containsExactly(new Renewal("bucket", "key", "token-0"));
  }

  @Test
  void showsTheLatestTokenAtTheNextRenewal() {
    session.accept(grant("first", HOUR));
    session.invalidate();
    var unused = session.credentials();
    workers.runAll();
    assertThat(backend.asked).containsExactly(new Renewal("bucket", "key", "token-of-first"));
  }

  @ParameterizedTest(name = "valid for {0} s, {1} s before the end")
  @CsvSource({
    // served, asked in the background, or waited for
    "3600, 3600, served",
    "3600, 301, served",
    "3600, 299, ahead",
    "3600, 31, ahead",
    "3600, 29, waits",
    "3600, 0, waits",
    "3600, -10, waits",
    // short ones: from their middle on, and waiting in their last tenth
    "60, 31, served",
    "60, 29, ahead",
    "60, 7, ahead",
    "60, 5, waits",
    "2, 2, served"
  })
  void renewsAheadAndWaitsOnlyNearTheEnd(long validSeconds, long leftSeconds, String expected) {
    session.accept(grant("first", Duration.ofSeconds(validSeconds)));
    time.advance(Duration.ofSeconds(validSeconds - leftSeconds));
    assertThat(served()).isEqualTo(expected.equals("waits") ? "" : "first");
    assertThat(workers.waiting()).isEqualTo(expected.equals("served") ? 0 : 1);
  }

  @Test
  void theOldOnesServeWhileARenewalAheadIsUnderWay() {
    session.accept(grant("first", HOUR));
    time.advance(Duration.ofMinutes(56));
    assertThat(served()).isEqualTo("first");
    assertThat(served()).isEqualTo("first");
    assertThat(workers.waiting()).isEqualTo(1);
    workers.runAll();
    assertThat(served()).isEqualTo("renewed-1");
  }

  @Test
  void nearTheEndOneWaitsForTheRenewalThatIsUnderWay() {
    session.accept(grant("first", HOUR));
    time.advance(Duration.ofMinutes(56));
    assertThat(served()).isEqualTo("first");
    time.advance(Duration.ofMinutes(4).minusSeconds(10));
    CompletableFuture<TemporaryCredentials> waiting = session.credentials();
    assertThat(waiting).isNotDone();
    assertThat(workers.waiting()).isEqualTo(1);
    workers.runAll();
    assertThat(keyOf(waiting)).isEqualTo("renewed-1");
  }

  @Test
  void theValidityOfRenewedOnesCountsFromTheirArrival() {
    session.accept(grant("first", HOUR));
    time.advance(Duration.ofMinutes(58));
    assertThat(served()).isEqualTo("first");
    workers.runAll();
    time.advance(Duration.ofMinutes(54));
    assertThat(served()).isEqualTo("renewed-1");
    assertThat(workers.waiting()).isZero();
  }

  @Test
  void aFailureAheadKeepsTheOldOnesServing() {
    session.accept(grant("first", HOUR));
    time.advance(Duration.ofMinutes(56));
    backend.failure = refusal();
    assertThat(served()).isEqualTo("first");
    workers.runAll();
    assertThat(served()).isEqualTo("first");
  }

  @Test
  void aFailureAheadIsNotRepeatedAtOnce() {
    session.accept(grant("first", HOUR));
    time.advance(Duration.ofMinutes(56));
    backend.failure = refusal();
    assertThat(served()).isEqualTo("first");
    workers.runAll();
    time.advance(Duration.ofMillis(4999));
    assertThat(served()).isEqualTo("first");
    assertThat(workers.waiting()).isZero();
    time.advanceMillis(1);
    assertThat(served()).isEqualTo("first");
    assertThat(workers.waiting()).isEqualTo(1);
  }

  @Test
  void aFailureNearTheEndReachesThoseWhoWait() {
    GrantException refusal = refusal();
    backend.failure = refusal;
    CompletableFuture<TemporaryCredentials> waiting = session.credentials();
    workers.runAll();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(waiting.handle((credentials, failure) -> failure).join()).hasCause(refusal);
  }

  @Test
  void asksAgainAfterAFailure() {
    backend.failure = refusal();
    var failed = session.credentials();
    workers.runAll();
    assertThat(failed).isCompletedExceptionally();
    backend.failure = null;
    CompletableFuture<TemporaryCredentials> second = session.credentials();
    workers.runAll();
    assertThat(keyOf(second)).isEqualTo("renewed-2");
  }

  @Test
  void refusedCredentialsAreNotServedAgain() {
    session.accept(grant("first", HOUR));
    session.invalidate();
    CompletableFuture<TemporaryCredentials> waiting = session.credentials();
    assertThat(waiting).isNotDone();
    workers.runAll();
    assertThat(keyOf(waiting)).isEqualTo("renewed-1");
  }

  /** What the store refuses may have been taken back together with what was renewed just then. */
  @Test
  void aRenewalThatBeganBeforeTheInvalidationServesNobodyWhoAsksAfterIt() {
    CompletableFuture<TemporaryCredentials> before = session.credentials();
    session.invalidate();
    CompletableFuture<TemporaryCredentials> after = session.credentials();
    CompletableFuture<TemporaryCredentials> another = session.credentials();
    assertThat(workers.waiting()).as("renewals at a time").isEqualTo(1);
    workers.runAll();
    assertThat(keyOf(before)).isEqualTo("renewed-1");
    assertThat(keyOf(after)).isEqualTo("renewed-2");
    assertThat(keyOf(another)).isEqualTo("renewed-2");
    assertThat(served()).isEqualTo("renewed-2");
  }

  @Test
  void aRenewalThatBeganBeforeTheInvalidationIsNotKept() {
    var before = session.credentials();
    session.invalidate();
    workers.runAll();
    assertThat(before).isCompleted();
    assertThat(served()).isEmpty();
    workers.runAll();
    assertThat(served()).isEqualTo("renewed-2");
  }

  @Test
  void theTokenOfARenewalThatServesNobodyMoreIsTheOneToShowNext() {
    var before = session.credentials();
    session.invalidate();
    var after = session.credentials();
    workers.runAll();
    assertThat(before).isCompleted();
    assertThat(after).isCompleted();
    assertThat(backend.asked).last().isEqualTo(new Renewal("bucket", "key", "token-of-renewed-1"));
  }

  @Test
  void aFailureReachesOnlyThoseWhoAskedBeforeTheInvalidation() {
    backend.failure = refusal();
    CompletableFuture<TemporaryCredentials> before = session.credentials();
    session.invalidate();
    CompletableFuture<TemporaryCredentials> after = session.credentials();
    workers.runNext();
    backend.failure = null;
    workers.runAll();
    assertThat(before).isCompletedExceptionally();
    assertThat(keyOf(after)).isEqualTo("renewed-2");
  }

  /** Kotlin lets checked exceptions out. */
  @Test
  void whateverAFetcherThrowsReachesThoseWhoWait() {
    Throwable surprise = new Exception("on purpose");
    GrantSession careless =
        session(
            new Backend() {
              @Override
              public UploadGrant renew(Renewal renewal) throws InterruptedException {
                GrantSessionTest.<RuntimeException>doThrow(surprise);
                return super.renew(renewal);
              }
            },
            workers);
    CompletableFuture<TemporaryCredentials> waiting = careless.credentials();
    workers.runAll();
    assertThat(waiting.handle((credentials, failure) -> failure).join()).hasCause(surprise);
  }

  @Test
  void withoutAThreadForItARenewalFailsAndTheNextIsTried() {
    List<Throwable> refusals =
        new ArrayList<>(List.of(new Error("no thread"), new IllegalStateException()));
    GrantSession crowded =
        session(
            backend,
            task -> {
              if (!refusals.isEmpty()) {
                GrantSessionTest.<RuntimeException>doThrow(refusals.remove(0));
              }
              workers.execute(task);
            });
    assertThat(crowded.credentials()).isCompletedExceptionally();
    assertThat(crowded.credentials()).isCompletedExceptionally();
    CompletableFuture<TemporaryCredentials> third = crowded.credentials();
    workers.runAll();
    assertThat(keyOf(third)).isEqualTo("renewed-1");
  }

  private GrantSession session(CredentialsFetcher fetcher, Executor threads) {
    return new GrantSession(
        fetcher, new Renewal("bucket", "key", null), threads, time, grant -> {});
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void doThrow(Throwable problem) throws T {
    throw (T) problem;
  }

  @Test
  void aWaiterThatCancelsDoesNotCancelTheOthers() {
    CompletableFuture<TemporaryCredentials> impatient = session.credentials();
    CompletableFuture<TemporaryCredentials> patient = session.credentials();
    impatient.cancel(true);
    workers.runAll();
    assertThat(keyOf(patient)).isEqualTo("renewed-1");
  }

  @Test
  void aRenewalIsToldBeforeAnyoneGetsTheCredentials() {
    List<String> servedMeanwhile = new ArrayList<>();
    List<GrantSession> holder = new ArrayList<>();
    GrantSession watched =
        new GrantSession(
            backend,
            new Renewal("bucket", "key", null),
            workers,
            time,
            grant -> servedMeanwhile.add(keyOf(holder.get(0).credentials())));
    holder.add(watched);
    watched.accept(grant("first", HOUR));
    time.advance(Duration.ofMinutes(56));
    var unused = watched.credentials();
    workers.runAll();
    assertThat(servedMeanwhile).containsExactly("first");
    assertThat(keyOf(watched.credentials())).isEqualTo("renewed-1");
  }

  @Test
  void eachRenewalIsToldOnce() {
    var first = session.credentials();
    workers.runAll();
    session.invalidate();
    var second = session.credentials();
    workers.runAll();
    assertThat(keyOf(first)).isEqualTo("renewed-1");
    assertThat(keyOf(second)).isEqualTo("renewed-2");
    assertThat(renewed).containsExactly("renewed-1", "renewed-2");
  }

  @Test
  void theFirstGrantIsNoRenewal() {
    session.accept(grant("first", HOUR));
    assertThat(renewed).isEmpty();
  }

  @Test
  void credentialsThatNeverExpireAreServedForEver() {
    session.accept(grant("eternal", Duration.between(Instant.EPOCH, Instant.MAX)));
    time.advance(Duration.ofDays(365));
    assertThat(served()).isEqualTo("eternal");
  }

  @Test
  void credentialsThatExpiredLongAgoAreNotServed() {
    session.accept(grant("ancient", Duration.between(Instant.MAX, Instant.EPOCH)));
    assertThat(served()).isEmpty();
  }

  @Test
  void anUploaderThatIsBeingClosedGivesNoCredentials() {
    RejectedExecutionException closed = new RejectedExecutionException("closed");
    GrantSession closing =
        new GrantSession(
            backend,
            new Renewal("bucket", "key", null),
            task -> {
              throw closed;
            },
            time,
            grant -> {});
    CompletableFuture<TemporaryCredentials> asked = closing.credentials();
    assertThat(asked).isCompletedExceptionally();
    assertThat(asked.handle((credentials, failure) -> failure).join()).hasCause(closed);
  }

  @Test
  void anInterruptedRenewalFailsAndTheThreadStaysInterrupted() {
    backend.interrupted = true;
    CompletableFuture<TemporaryCredentials> waiting = session.credentials();
    workers.runAll();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(waiting.handle((credentials, failure) -> failure).join())
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void manyThreadsThatAskAtOnceCauseOneRenewal() throws Exception {
    int askers = 32;
    CyclicBarrier start = new CyclicBarrier(askers);
    ExecutorService pool = Executors.newFixedThreadPool(askers);
    Callable<CompletableFuture<TemporaryCredentials>> ask =
        () -> {
          start.await();
          return session.credentials();
        };
    List<CompletableFuture<TemporaryCredentials>> waiting = new ArrayList<>();
    for (var asked : pool.invokeAll(Collections.nCopies(askers, ask))) {
      waiting.add(asked.get());
    }
    pool.shutdown();
    workers.runAll();
    assertThat(waiting).allMatch(credentials -> keyOf(credentials).equals("renewed-1"));
    assertThat(backend.asked).hasSize(1);
  }

  private static GrantException refusal() {
    return new GrantException(
        "no grant", new Details(null, Stage.GRANT, true, null), 503, null, null);
  }

  /** Gives new credentials, good for an hour, or fails. */
  private static class Backend implements CredentialsFetcher {
    final List<Renewal> asked = new ArrayList<>();
    @Nullable GrantException failure;
    boolean interrupted;

    @Override
    public UploadGrant issue(Request request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public UploadGrant renew(Renewal renewal) throws InterruptedException {
      asked.add(renewal);
      if (interrupted) {
        throw new InterruptedException();
      }
      if (failure != null) {
        throw failure;
      }
      return grant("renewed-" + asked.size(), HOUR);
    }
  }
}
