package io.github.reelbeam.micrometer;

import io.github.reelbeam.UploadListener.RetryCause;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The meters themselves, shared by all uploads. Safe for use by many threads. */
final class UploadMeters {
  private final MeterRegistry registry;
  private final Counter bytes;
  private final Counter renewals;
  private final Map<RetryCause, Counter> retries = new EnumMap<>(RetryCause.class);
  private final AtomicInteger active = new AtomicInteger();
  private final AtomicInteger paused = new AtomicInteger();
  private final Map<WaitReason, AtomicInteger> waiting = new EnumMap<>(WaitReason.class);

  UploadMeters(MeterRegistry registry) {
    this.registry = registry;
    this.bytes =
        Counter.builder("reelbeam.bytes.committed")
            .baseUnit("bytes")
            .description("Bytes in parts that the store has confirmed")
            .register(registry);
    this.renewals =
        Counter.builder("reelbeam.credentials.renewals")
            .description("Renewals of an upload's credentials")
            .register(registry);
    for (RetryCause cause : RetryCause.values()) {
      retries.put(
          cause,
          Counter.builder("reelbeam.part.retries")
              .tag("cause", tag(cause))
              .description("Requests to the store that are sent again")
              .register(registry));
    }
    gauge("reelbeam.uploads.active", "Uploads that are at work", active).register(registry);
    gauge("reelbeam.uploads.paused", "Uploads that are paused", paused).register(registry);
    for (WaitReason reason : WaitReason.values()) {
      AtomicInteger count = new AtomicInteger();
      waiting.put(reason, count);
      gauge("reelbeam.uploads.waiting", "Uploads that wait", count)
          .tag("reason", tag(reason))
          .register(registry);
    }
  }

  private static Gauge.Builder<?> gauge(String name, String description, AtomicInteger count) {
    return Gauge.builder(name, count, AtomicInteger::get)
        .description(description)
        .strongReference(true);
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Nanoseconds of the registry's clock. */
  long now() {
    return registry.config().clock().monotonicTime();
  }

  void committed(long count) {
    bytes.increment((double) count);
  }

  void retried(RetryCause cause) {
    Objects.requireNonNull(retries.get(cause)).increment();
  }

  void renewed() {
    renewals.increment();
  }

  /**
   * The gauge that counts uploads in a state.
   *
   * @return null for uploads at their end
   */
  @Nullable AtomicInteger counting(UploadState state, @Nullable WaitReason reason) {
    if (state == UploadState.WAITING && reason != null) {
      return waiting.get(reason);
    }
    if (state == UploadState.PAUSED) {
      return paused;
    }
    return state.isTerminal() ? null : active;
  }

  void ended(String outcome, String stage, long since) {
    Counter.builder("reelbeam.uploads")
        .tag("outcome", outcome)
        .tag("stage", stage)
        .description("Uploads that came to their end")
        .register(registry)
        .increment();
    Timer.builder("reelbeam.upload.duration")
        .tag("outcome", outcome)
        .description("From the start of an upload in this process to its end")
        .register(registry)
        .record(now() - since, TimeUnit.NANOSECONDS);
  }
}
