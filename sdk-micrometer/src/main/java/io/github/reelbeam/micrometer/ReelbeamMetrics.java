package io.github.reelbeam.micrometer;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.function.Function;

/**
 * Counts and times the uploads of a {@link io.github.reelbeam.VideoUploader}:
 *
 * <pre>{@code
 * VideoUploader.builder().listenerFactory(new ReelbeamMetrics(registry))
 * }</pre>
 *
 * <p>The meters, with their base units and tags:
 *
 * <ul>
 *   <li>{@code reelbeam.uploads}, a counter of uploads that came to their end in this process, by
 *       {@code outcome} (completed, failed, cancelled) and {@code stage} (where it failed: prepare,
 *       grant, transfer, notify; none otherwise);
 *   <li>{@code reelbeam.upload.duration}, a timer of the same uploads by {@code outcome}, from the
 *       start in this process to the end, waits and pauses included;
 *   <li>{@code reelbeam.bytes.committed}, a counter of bytes in parts that S3 has confirmed in this
 *       process;
 *   <li>{@code reelbeam.part.retries}, a counter of requests that are sent again, by {@code cause}
 *       (connection, stalled, throttled, store_error);
 *   <li>{@code reelbeam.credentials.renewals}, a counter;
 *   <li>{@code reelbeam.uploads.active}, {@code reelbeam.uploads.paused}: gauges of uploads that
 *       are at work, and that are paused;
 *   <li>{@code reelbeam.uploads.waiting}, a gauge of uploads that wait, by {@code reason} (offline,
 *       backoff, queued, network_policy).
 * </ul>
 *
 * <p>Names, units and tags are stable. No tag holds an id, a key or a name, so there are a few
 * dozen time series at most, however many uploads there are. All meters but the first two are there
 * from the beginning, at 0; those two are registered for each outcome when it first occurs.
 *
 * <p>One of these can serve several uploaders. Safe for use by many threads; nothing in it blocks.
 */
public final class ReelbeamMetrics implements Function<Upload, UploadListener> {
  private final UploadMeters meters;

  /**
   * Registers the meters.
   *
   * @param registry the app's; whoever made it closes it
   */
  public ReelbeamMetrics(MeterRegistry registry) {
    this.meters = new UploadMeters(Objects.requireNonNull(registry, "registry"));
  }

  /** Returns a listener for one upload: what the uploader asks for. */
  @Override
  public UploadListener apply(Upload upload) {
    return new MeteredUpload(meters, upload.state());
  }
}
