package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.SourceResolver;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.internal.transfer.TransferEngine;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.notify.AssetNotifier;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What all uploads of one {@link io.github.reelbeam.VideoUploader} share.
 *
 * @param fetcher where grants come from
 * @param notifier who is told of assets
 * @param journal what survives the process
 * @param engine what sends the bytes
 * @param options how the bytes go
 * @param stores where the bytes may go
 * @param network when the bytes may go
 * @param sources finds the sources of earlier processes
 * @param workers threads that may block
 * @param scheduler for delays and ticks
 * @param events where listeners are called
 * @param clock for the journal's times; nothing is decided by it
 * @param nanoTime for spans of time
 * @param random numbers from 0 to 1, for jitter
 */
public record Environment(
    CredentialsFetcher fetcher,
    AssetNotifier notifier,
    UploadJournal journal,
    TransferEngine engine,
    TransferOptions options,
    AllowedStores stores,
    NetworkGate network,
    SourceResolver sources,
    Executor workers,
    ScheduledExecutorService scheduler,
    Executor events,
    Clock clock,
    LongSupplier nanoTime,
    DoubleSupplier random) {

  RetryPolicy retryPolicy() {
    return options.retryPolicy();
  }

  Instant now() {
    return clock.instant();
  }
}
