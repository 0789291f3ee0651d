package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.CredentialsFetcher.Renewal;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.internal.log.Loggers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials of one upload, in memory only. They are renewed ahead of their end, once for all
 * who ask: first in the background, while the old ones still serve; those who ask when the end is
 * near wait for the new ones. Safe for use by many threads.
 */
final class GrantSession {
  private static final Logger log = LoggerFactory.getLogger(Loggers.CREDENTIALS);
  private static final Duration RENEW_AHEAD = Duration.ofMinutes(5);
  private static final Duration TOO_LATE = Duration.ofSeconds(30);
  private static final Duration LONGEST_LIFE = Duration.ofNanos(Long.MAX_VALUE);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  private final CredentialsFetcher fetcher;
  private final Executor workers;
  private final LongSupplier nanoTime;
  private final Consumer<UploadGrant> onRenewed;

  private Renewal renewal;
  private @Nullable UploadGrant grant;
  private long arrivedAt;
  private long notBefore;
  private @Nullable RenewalUnderWay underWay;

  /**
   * @param renewal what to ask for when there are no credentials, as after a restart
   * @param onRenewed hears of each renewal, before anyone gets the new credentials
   */
  GrantSession(
      CredentialsFetcher fetcher,
      Renewal renewal,
      Executor workers,
      LongSupplier nanoTime,
      Consumer<UploadGrant> onRenewed) {
    this.fetcher = fetcher;
    this.renewal = renewal;
    this.workers = workers;
    this.nanoTime = nanoTime;
    this.onRenewed = onRenewed;
    this.notBefore = nanoTime.getAsLong();
  }

  /** Takes a grant that has just arrived. */
  void accept(UploadGrant fresh) {
    accept(fresh, nanoTime.getAsLong());
  }

  private synchronized void accept(UploadGrant fresh, long now) {
    grant = fresh;
    arrivedAt = now;
    renewal = asNext(fresh);
  }

  private static Renewal asNext(UploadGrant fresh) {
    return new Renewal(fresh.bucket(), fresh.key(), fresh.token());
  }

  /**
   * The store says that the credentials are no good: the next who asks gets others. A renewal that
   * is under way may have been answered before whatever made them bad, so it does not count: there
   * is another one after it.
   */
  synchronized void invalidate() {
    grant = null;
    if (underWay != null) {
      underWay.overtaken = true;
    }
  }

  /**
   * Credentials that are good now. The future fails with a {@link
   * io.github.reelbeam.GrantException} if there are none.
   */
  CompletableFuture<TemporaryCredentials> credentials() {
    CompletableFuture<TemporaryCredentials> answer;
    RenewalUnderWay begun = null;
    synchronized (this) {
      UploadGrant current = grant;
      long now = nanoTime.getAsLong();
      long life = current == null ? 0 : nanosOf(current.validFor());
      long left = life - (now - arrivedAt);
      if (current != null && left > Math.min(TOO_LATE.toNanos(), life / 10)) {
        boolean ahead = left > Math.min(RENEW_AHEAD.toNanos(), life / 2);
        if (!ahead && underWay == null && now - notBefore >= 0) {
          begun = begin(new CompletableFuture<>());
        }
        answer = CompletableFuture.completedFuture(current.credentials());
      } else {
        RenewalUnderWay running = underWay;
        if (running == null) {
          begun = begin(new CompletableFuture<>());
          running = begun;
        }
        // a copy: whoever cancels it does not cancel it for the others
        answer = awaited(running).thenApply(credentials -> credentials);
      }
    }
    launch(begun);
    return answer;
  }

  /** Credentials that "never" expire do so after more nanoseconds than there are numbers. */
  private static long nanosOf(Duration life) {
    if (life.isNegative()) {
      return 0;
    }
    return life.compareTo(LONGEST_LIFE) < 0 ? life.toNanos() : Long.MAX_VALUE;
  }

  /** Whom the renewal under way does not serve waits for the one after it. */
  private static CompletableFuture<TemporaryCredentials> awaited(RenewalUnderWay running) {
    if (!running.overtaken) {
      return running.result;
    }
    if (running.next == null) {
      running.next = new CompletableFuture<>();
    }
    return running.next;
  }

  private RenewalUnderWay begin(CompletableFuture<TemporaryCredentials> result) {
    RenewalUnderWay begun = new RenewalUnderWay(renewal, result);
    underWay = begun;
    return begun;
  }

  /** Without the monitor: nobody knows what an executor does, or those who wait. */
  private void launch(@Nullable RenewalUnderWay begun) {
    if (begun == null) {
      return;
    }
    try {
      workers.execute(() -> renew(begun));
    } catch (RuntimeException | Error e) {
      // the uploader is being closed, or there is no room for another thread
      failed(begun, e);
    }
  }

  private void renew(RenewalUnderWay mine) {
    try {
      UploadGrant fresh = fetcher.renew(mine.wanted);
      long now = nanoTime.getAsLong();
      onRenewed.accept(fresh);
      succeeded(mine, fresh, now);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(mine, e);
    } catch (Throwable e) {
      // Kotlin lets checked exceptions out of a fetcher; those who wait are to hear of any
      log.debug("the credentials could not be renewed: {}", e.toString());
      failed(mine, e);
    }
  }

  private void succeeded(RenewalUnderWay mine, UploadGrant fresh, long now) {
    RenewalUnderWay next;
    synchronized (this) {
      if (mine.overtaken) {
        renewal = asNext(fresh);
      } else {
        accept(fresh, now);
      }
      next = ended(mine);
    }
    mine.result.complete(fresh.credentials());
    launch(next);
  }

  private void failed(RenewalUnderWay mine, Throwable failure) {
    RenewalUnderWay next;
    synchronized (this) {
      notBefore = nanoTime.getAsLong() + PAUSE_AFTER_FAILURE.toNanos();
      next = ended(mine);
    }
    mine.result.completeExceptionally(failure);
    launch(next);
  }

  /** Returns the renewal for those who came after an invalidation, if there are any. */
  private @Nullable RenewalUnderWay ended(RenewalUnderWay mine) {
    underWay = null;
    return mine.next == null ? null : begin(mine.next);
  }

  /** A renewal from its beginning to its end; the session's monitor guards what changes. */
  private static final class RenewalUnderWay {
    final Renewal wanted;
    final CompletableFuture<TemporaryCredentials> result;
    boolean overtaken;
    @Nullable CompletableFuture<TemporaryCredentials> next;

    RenewalUnderWay(Renewal wanted, CompletableFuture<TemporaryCredentials> result) {
      this.wanted = wanted;
      this.result = result;
    }
  }
}
