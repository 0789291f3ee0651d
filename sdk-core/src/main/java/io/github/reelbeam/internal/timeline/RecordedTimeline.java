package io.github.reelbeam.internal.timeline;

import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.UploadTimeline;
import io.github.reelbeam.internal.json.TimelineJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** A snapshot of a {@link TimelineRecorder}. */
record RecordedTimeline(
    UploadId uploadId,
    UploadState state,
    Instant startedAt,
    Instant takenAt,
    Optional<Instant> endedAt,
    long totalBytes,
    OptionalLong resumedAtBytes,
    OptionalLong partSize,
    Totals totals,
    List<Step> steps,
    List<Retry> retries,
    List<Request> requests,
    List<Request> failedRequests)
    implements UploadTimeline {

  @Override
  public String toJson() {
    return TimelineJson.write(this);
  }

  /** For people to read: a head, then a line for each step, retry and failed request. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("upload ").append(uploadId).append(", ").append(state);
    text.append(", ").append(totalBytes).append(" bytes");
    resumedAtBytes.ifPresent(
        bytes -> {
          if (bytes > 0) {
            text.append(", resumed at ").append(bytes);
          }
        });
    partSize.ifPresent(size -> text.append(", parts of ").append(size));
    text.append('\n').append(totals).append('\n');
    steps.forEach(step -> line(text, step.at(), step.kind() + " " + step.detail()));
    retries.forEach(retry -> line(text, retry.at(), words(retry)));
    failedRequests.forEach(request -> line(text, request.at(), words(request)));
    return text.toString();
  }

  private static String words(Retry retry) {
    return String.format(
        Locale.ROOT,
        "part %d again in %s, attempt %d failed: %s, %s",
        retry.partNumber(),
        retry.delay(),
        retry.attempt(),
        retry.cause(),
        retry.reason());
  }

  private static String words(Request request) {
    return String.format(
        Locale.ROOT,
        "%s part %d: %s, request id %s",
        request.operation(),
        request.partNumber(),
        request.failure() == null ? request.status() : request.failure(),
        request.requestId());
  }

  private void line(StringBuilder text, Instant at, String words) {
    Duration since = Duration.between(startedAt, at);
    text.append("  +").append(since.toMillis()).append(" ms ").append(words.trim()).append('\n');
  }
}
