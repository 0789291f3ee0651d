package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.CredentialsFetcher.Renewal;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
  private static final Logger log = LoggerFactory.getLogger(GrantSession.class);
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
  private @Nullable CompletableFuture<TemporaryCredentials> underWay;

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
    renewal = new Renewal(fresh.bucket(), fresh.key(), fresh.token());
  }

  /** The store says that the credentials are no good: the next who asks gets others. */
  synchronized void invalidate() {
    grant = null;
  }

  /**
   * Credentials that are good now. The future fails with a {@link
   * io.github.reelbeam.GrantException} if there are none.
   */
  CompletableFuture<TemporaryCredentials> credentials() {
    CompletableFuture<TemporaryCredentials> mine;
    synchronized (this) {
      UploadGrant current = grant;
      long now = nanoTime.getAsLong();
      if (current != null) {
        long life = nanosOf(current.validFor());
        long left = life - (now - arrivedAt);
        boolean serves = left > Math.min(TOO_LATE.toNanos(), life / 10);
        boolean ahead = left > Math.min(RENEW_AHEAD.toNanos(), life / 2);
        if (ahead || (serves && (underWay != null || now - notBefore < 0))) {
          return CompletableFuture.completedFuture(current.credentials());
        }
        if (serves) {
          var unused = begin();
          return CompletableFuture.completedFuture(current.credentials());
        }
      }
      mine = underWay == null ? begin() : underWay;
    }
    // a copy: whoever cancels it does not cancel it for the others
    return mine.thenApply(credentials -> credentials);
  }

  /** Credentials that "never" expire do so after more nanoseconds than there are numbers. */
  private static long nanosOf(Duration life) {
    if (life.isNegative()) {
      return 0;
    }
    return life.compareTo(LONGEST_LIFE) < 0 ? life.toNanos() : Long.MAX_VALUE;
  }

  private CompletableFuture<TemporaryCredentials> begin() {
    CompletableFuture<TemporaryCredentials> started = new CompletableFuture<>();
    Renewal wanted = renewal;
    underWay = started;
    try {
      workers.execute(() -> renew(wanted, started));
    } catch (RejectedExecutionException e) {
      // the uploader is being closed
      failed(started, e);
    }
    return started;
  }

  private void renew(Renewal wanted, CompletableFuture<TemporaryCredentials> started) {
    try {
      UploadGrant fresh = fetcher.renew(wanted);
      long now = nanoTime.getAsLong();
      onRenewed.accept(fresh);
      synchronized (this) {
        accept(fresh, now);
        underWay = null;
      }
      started.complete(fresh.credentials());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(started, e);
    } catch (RuntimeException | Error e) {
      log.debug("the credentials could not be renewed: {}", e.toString());
      failed(started, e);
    }
  }

  private void failed(CompletableFuture<TemporaryCredentials> started, Throwable failure) {
    synchronized (this) {
      underWay = null;
      notBefore = nanoTime.getAsLong() + PAUSE_AFTER_FAILURE.toNanos();
    }
    started.completeExceptionally(failure);
  }
}
