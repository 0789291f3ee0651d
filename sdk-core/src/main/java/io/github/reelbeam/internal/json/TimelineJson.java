package io.github.reelbeam.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.reelbeam.UploadTimeline;
import io.github.reelbeam.UploadTimeline.Request;
import io.github.reelbeam.UploadTimeline.Retry;
import io.github.reelbeam.UploadTimeline.Step;
import io.github.reelbeam.UploadTimeline.Totals;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Timelines as documents, as docs/observability.md shows them. Nobody reads them back here. */
public final class TimelineJson {
  static final int VERSION = 1;

  private final JsonGenerator json;

  private TimelineJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes a timeline. */
  public static String write(UploadTimeline timeline) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.newFactory().createGenerator(text)) {
      new TimelineJson(json).document(timeline);
    } catch (IOException e) {
      throw new UncheckedIOException("a text takes all that is written into it", e);
    }
    return text.toString();
  }

  private void document(UploadTimeline timeline) throws IOException {
    json.writeStartObject();
    json.writeNumberField("version", VERSION);
    text("uploadId", timeline.uploadId());
    text("state", timeline.state());
    text("startedAt", timeline.startedAt());
    text("takenAt", timeline.takenAt());
    text("endedAt", timeline.endedAt().orElse(null));
    json.writeNumberField("totalBytes", timeline.totalBytes());
    if (timeline.resumedAtBytes().isPresent()) {
      json.writeNumberField("resumedAtBytes", timeline.resumedAtBytes().getAsLong());
    }
    if (timeline.partSize().isPresent()) {
      json.writeNumberField("partSize", timeline.partSize().getAsLong());
    }
    totals(timeline.totals());
    array("steps", timeline.steps(), this::step);
    array("retries", timeline.retries(), this::retry);
    array("requests", timeline.requests(), this::request);
    array("failedRequests", timeline.failedRequests(), this::request);
    json.writeEndObject();
  }

  private void totals(Totals totals) throws IOException {
    json.writeObjectFieldStart("totals");
    json.writeNumberField("steps", totals.steps());
    json.writeNumberField("runs", totals.runs());
    json.writeNumberField("requests", totals.requests());
    json.writeNumberField("failedRequests", totals.failedRequests());
    json.writeNumberField("inFlightAtMost", totals.inFlightAtMost());
    json.writeNumberField("partsCommitted", totals.partsCommitted());
    json.writeNumberField("bytesCommitted", totals.bytesCommitted());
    counts("retries", totals.retries(), Long::longValue);
    json.writeNumberField("renewals", totals.renewals());
    counts("waitedMillis", totals.waited(), time -> time.toMillis());
    json.writeNumberField("averageBytesPerSecond", totals.averageBytesPerSecond());
    json.writeNumberField("peakBytesPerSecond", totals.peakBytesPerSecond());
    json.writeEndObject();
  }

  private <K extends Enum<K>, V> void counts(
      String name, Map<K, V> counts, ToLongFunction<V> number) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<K, V> count : new TreeMap<>(counts).entrySet()) {
      json.writeNumberField(count.getKey().name(), number.applyAsLong(count.getValue()));
    }
    json.writeEndObject();
  }

  private void step(Step step) throws IOException {
    text("at", step.at());
    text("kind", step.kind());
    text("detail", step.detail());
  }

  private void retry(Retry retry) throws IOException {
    text("at", retry.at());
    json.writeNumberField("part", retry.partNumber());
    json.writeNumberField("attempt", retry.attempt());
    json.writeNumberField("delayMillis", retry.delay().toMillis());
    text("cause", retry.cause());
    text("reason", retry.reason());
  }

  private void request(Request request) throws IOException {
    text("at", request.at());
    text("operation", request.operation());
    json.writeNumberField("part", request.partNumber());
    json.writeNumberField("status", request.status());
    json.writeNumberField("millis", request.took().toMillis());
    text("requestId", request.requestId());
    text("extendedRequestId", request.extendedRequestId());
    text("failure", request.failure());
  }

  private <T> void array(String name, List<T> all, Element<T> fields) throws IOException {
    json.writeArrayFieldStart(name);
    for (T one : all) {
      json.writeStartObject();
      fields.write(one);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** What is not there is left out. */
  private void text(String name, @Nullable Object value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value.toString());
    }
  }

  /** Writes the fields of one element. */
  @FunctionalInterface
  private interface Element<T> {
    void write(T one) throws IOException;
  }
}
