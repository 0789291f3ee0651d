package io.github.reelbeam.internal.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.reelbeam.UploadTimeline;
import io.github.reelbeam.UploadTimeline.Request;
import io.github.reelbeam.UploadTimeline.Retry;
import io.github.reelbeam.UploadTimeline.Step;
import io.github.reelbeam.UploadTimeline.Totals;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** Timelines as documents, as docs/observability.md shows them. Nobody reads them back here. */
public final class TimelineJson {
  static final int VERSION = 1;

  private TimelineJson() {}

  /** Writes a timeline. */
  public static String write(UploadTimeline timeline) {
    Totals totals = timeline.totals();
    ObjectNode document =
        Json.object()
            .put("version", VERSION)
            .put("uploadId", timeline.uploadId().value())
            .put("state", timeline.state().name())
            .put("startedAt", timeline.startedAt().toString())
            .put("takenAt", timeline.takenAt().toString());
    timeline.endedAt().ifPresent(at -> document.put("endedAt", at.toString()));
    document.put("totalBytes", timeline.totalBytes());
    timeline.resumedAtBytes().ifPresent(bytes -> document.put("resumedAtBytes", bytes));
    timeline.partSize().ifPresent(bytes -> document.put("partSize", bytes));
    document.set("totals", totals(totals));
    put(document, "steps", timeline.steps(), TimelineJson::step);
    put(document, "retries", timeline.retries(), TimelineJson::retry);
    put(document, "requests", timeline.requests(), TimelineJson::request);
    put(document, "failedRequests", timeline.failedRequests(), TimelineJson::request);
    return new String(Json.write(document), StandardCharsets.UTF_8);
  }

  private static <T> void put(
      ObjectNode document, String name, List<T> all, Function<T, ObjectNode> one) {
    var array = document.putArray(name);
    all.forEach(element -> array.add(one.apply(element)));
  }

  private static ObjectNode totals(Totals totals) {
    ObjectNode node =
        Json.object()
            .put("steps", totals.steps())
            .put("runs", totals.runs())
            .put("requests", totals.requests())
            .put("failedRequests", totals.failedRequests())
            .put("inFlightAtMost", totals.inFlightAtMost())
            .put("partsCommitted", totals.partsCommitted())
            .put("bytesCommitted", totals.bytesCommitted());
    ObjectNode retries = node.putObject("retries");
    new TreeMap<>(totals.retries()).forEach((cause, count) -> retries.put(cause.name(), count));
    node.put("renewals", totals.renewals());
    ObjectNode waited = node.putObject("waitedMillis");
    new TreeMap<>(totals.waited())
        .forEach((reason, time) -> waited.put(reason.name(), time.toMillis()));
    return node.put("averageBytesPerSecond", totals.averageBytesPerSecond())
        .put("peakBytesPerSecond", totals.peakBytesPerSecond());
  }

  private static ObjectNode step(Step step) {
    return Json.object()
        .put("at", step.at().toString())
        .put("kind", step.kind().name())
        .put("detail", step.detail());
  }

  private static ObjectNode retry(Retry retry) {
    return Json.object()
        .put("at", retry.at().toString())
        .put("part", retry.partNumber())
        .put("attempt", retry.attempt())
        .put("delayMillis", retry.delay().toMillis())
        .put("cause", retry.cause().name())
        .put("reason", retry.reason());
  }

  private static ObjectNode request(Request request) {
    ObjectNode node =
        Json.object()
            .put("at", request.at().toString())
            .put("operation", request.operation())
            .put("part", request.partNumber())
            .put("status", request.status())
            .put("millis", request.took().toMillis());
    if (request.requestId() != null) {
      node.put("requestId", request.requestId());
    }
    if (request.extendedRequestId() != null) {
      node.put("extendedRequestId", request.extendedRequestId());
    }
    if (request.failure() != null) {
      node.put("failure", request.failure());
    }
    return node;
  }
}
