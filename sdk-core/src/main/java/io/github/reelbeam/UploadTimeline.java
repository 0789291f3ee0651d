package io.github.reelbeam;

import io.github.reelbeam.UploadListener.RetryCause;
import io.github.reelbeam.UploadListener.WaitReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to one upload in this process, for a bug report or a support ticket: its stages
 * with their times, waits, retries with their causes, and the requests to the store with the
 * request ids that its operators ask for.
 *
 * <p>It is a snapshot: immutable, and safe for use by many threads. It begins with this process; of
 * what earlier processes did it says how many bytes they had stored.
 *
 * <p>It can be shown to anybody: it holds no credentials, signatures, tokens, headers, bodies or
 * query strings, no metadata, and neither the object's key nor the bucket nor the file's name; in
 * the words of failures these are replaced. Names of hosts may stand in such words, as they stand
 * in DNS: they are no secret.
 *
 * <p>It is bounded: {@value #MAX_STEPS} steps, {@value #MAX_RETRIES} retries and twice {@value
 * #MAX_REQUESTS} requests, always the latest, with no text longer than {@value #MAX_TEXT}
 * characters. An upload of 10,000 parts holds no more than that, less than 200 KiB at the very
 * most; {@link #totals()} counts everything.
 *
 * <p>Made by Reelbeam only; methods may be added.
 */
public interface UploadTimeline {
  /** How many steps are kept at most. */
  int MAX_STEPS = 200;

  /** How many retries are kept at most. */
  int MAX_RETRIES = 64;

  /** How many requests that succeeded are kept at most, and as many that did not. */
  int MAX_REQUESTS = 64;

  /** How many characters a text has at most; a longer one is cut, and ends in three dots. */
  int MAX_TEXT = 300;

  /** The upload. */
  UploadId uploadId();

  /** Where the upload stood. */
  UploadState state();

  /** When this process began to work on the upload, by the uploader's clock. */
  Instant startedAt();

  /** When this snapshot was taken. */
  Instant takenAt();

  /** When the upload came to its end in this process; empty while it goes on. */
  Optional<Instant> endedAt();

  /** The source's size in bytes. */
  long totalBytes();

  /**
   * The bytes that S3 had from earlier processes when the first run of this one began; empty as
   * long as no run has asked S3.
   */
  OptionalLong resumedAtBytes();

  /** The size of the parts in bytes, the last one's may be less; empty before it was decided. */
  OptionalLong partSize();

  /** Everything counted, also what {@link #steps()} and the other lists no longer have. */
  Totals totals();

  /** What has happened, the oldest first. */
  List<Step> steps();

  /** What was sent again, the oldest first. */
  List<Retry> retries();

  /** Requests to the store that succeeded, by the time of their end, the oldest first. */
  List<Request> requests();

  /** Requests to the store that did not, by the time of their end, the oldest first. */
  List<Request> failedRequests();

  /**
   * The timeline as one JSON object, as docs/observability.md describes it. Within version 1 fields
   * may be added; none changes its meaning.
   */
  String toJson();

  /** What a {@link Step} is about. */
  enum StepKind {
    /** This process has begun to work on it; the detail is the state it was in. */
    STARTED,
    /** It is at another state; the detail names it, and the reason if it waits. */
    STATE,
    /** A run has begun to send parts; the detail says what S3 had. */
    RUN,
    /** A run has ended without the object; the detail says why. */
    RUN_FAILED,
    /** What S3 had is lost, all parts are sent again; the detail says why. */
    STARTED_OVER,
    /** The credentials were renewed; the detail says how long the new ones are good. */
    CREDENTIALS_RENEWED,
    /** The end; the detail says what has failed, or that it was cancelled; else it is empty. */
    ENDED
  }

  /**
   * Something that happened.
   *
   * @param at when, by the uploader's clock
   * @param kind what it is about
   * @param detail the rest in words, without secrets; may be empty
   */
  record Step(Instant at, StepKind kind, String detail) {}

  /**
   * A request to the store that failed and is sent again.
   *
   * @param at when it had failed, by the uploader's clock
   * @param partNumber 1 to 10,000; 0 for a request that belongs to no part
   * @param attempt how many attempts had failed then, from 1
   * @param delay how long it waits before the next one
   * @param cause the class of what went wrong
   * @param reason what went wrong, in words without secrets
   */
  record Retry(
      Instant at, int partNumber, int attempt, Duration delay, RetryCause cause, String reason) {}

  /**
   * A request to the store that is over.
   *
   * @param at when it was over, by the uploader's clock
   * @param operation as S3 calls it, such as {@code UploadPart}
   * @param partNumber the part that it carried; 0 for none
   * @param status the HTTP status; 0 if there was no answer
   * @param took from when it went out
   * @param requestId what the store calls it; null if it did not say
   * @param extendedRequestId the second id that AWS gives; null if there is none
   * @param failure why no answer came, in words without secrets; null if one came
   */
  record Request(
      Instant at,
      String operation,
      int partNumber,
      int status,
      Duration took,
      @Nullable String requestId,
      @Nullable String extendedRequestId,
      @Nullable String failure) {}

  /**
   * Everything counted, in this process.
   *
   * @param steps all of them
   * @param runs runs begun
   * @param requests requests to the store that are over, those that failed included
   * @param failedRequests those that failed
   * @param inFlightAtMost how many requests were under way at the same time, at most
   * @param partsCommitted parts that S3 has confirmed, 1 for an object in one piece
   * @param bytesCommitted bytes in these parts
   * @param retries what was sent again, by cause; causes that never occurred are missing
   * @param renewals how often the credentials were renewed
   * @param waited the time spent waiting, by reason, finished waits only; reasons that never
   *     occurred are missing
   * @param averageBytesPerSecond committed bytes for each second in the state TRANSFERRING; 0
   *     before anything was confirmed
   * @param peakBytesPerSecond the highest smoothed rate there was when a part was confirmed
   */
  record Totals(
      int steps,
      int runs,
      long requests,
      long failedRequests,
      int inFlightAtMost,
      long partsCommitted,
      long bytesCommitted,
      Map<RetryCause, Long> retries,
      int renewals,
      Map<WaitReason, Duration> waited,
      long averageBytesPerSecond,
      long peakBytesPerSecond) {

    /** Copies the maps. */
    public Totals {
      retries = Map.copyOf(retries);
      waited = Map.copyOf(waited);
    }

    /** How often something was sent again, whatever the cause. */
    public long allRetries() {
      return retries.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
