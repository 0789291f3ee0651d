package io.github.reelbeam.internal.transfer;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The time by which requests are signed: the store's, as far as it is known. S3 refuses what is
 * signed 15 minutes before or after its own time (Amazon S3 API reference, RequestTimeTooSkewed),
 * and people set the clocks of phones as they like, also in the middle of an upload.
 *
 * <p>The store says its time with each answer. Before its first one the backend's word is taken,
 * which comes with the grant, and before that this machine's clock. From there on the time runs by
 * {@code nanoTime}, which nobody sets. That one may stand still while a device sleeps: then the
 * store refuses, says its time, and the next attempt is signed by it.
 *
 * <p>Safe for use by many threads.
 */
public final class StoreClock implements ExecutionInterceptor {

  /** Who said what time it is; the later constants are believed before the earlier ones. */
  private enum Witness {
    BACKEND,
    STORE
  }

  /**
   * What was said.
   *
   * @param at {@code nanoTime} then
   */
  private record Word(Witness witness, Instant time, long at) {}

  /** A year has four digits, in a signature as in a Date. */
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  private final Clock local;
  private final LongSupplier nanoTime;
  private @Nullable Word last;

  /**
   * @param local this machine's clock, for as long as nobody has said anything better
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  public StoreClock(Clock local, LongSupplier nanoTime) {
    this.local = local;
    this.nanoTime = nanoTime;
  }

  /** The backend has just said what time it is. */
  public void toldByBackend(Instant time) {
    told(Witness.BACKEND, time);
  }

  /** What time it is in the store. */
  synchronized Instant now() {
    Word word = last;
    return word == null ? local.instant() : word.time().plusNanos(nanoTime.getAsLong() - word.at());
  }

  private synchronized void told(Witness witness, Instant time) {
    if (last == null || last.witness().compareTo(witness) <= 0) {
      last = new Word(witness, time, nanoTime.getAsLong());
    }
  }

  /** Called for the answer to every attempt. */
  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes executionAttributes) {
    SdkHttpResponse answer = context.httpResponse();
    answer
        .firstMatchingHeader("Date")
        .flatMap(StoreClock::parsed)
        .ifPresent(time -> told(Witness.STORE, time));
    return answer;
  }

  /** A header that cannot be read says nothing. */
  private static Optional<Instant> parsed(String date) {
    try {
      Instant time = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.trim(), Instant::from);
      return time.isBefore(YEAR_10000) ? Optional.of(time) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
