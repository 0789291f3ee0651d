package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.JournalException;
import io.github.reelbeam.PendingUpload;
import io.github.reelbeam.SourceException;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadBatch;
import io.github.reelbeam.UploadBatchListener;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.internal.progress.ProgressMeter;
import io.github.reelbeam.internal.progress.SerialExecutor;
import io.github.reelbeam.internal.progress.UploadEvents;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Source;
import io.github.reelbeam.journal.UploadJournal.Claim;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The uploads that are live in this process, and the way from the journal to them. */
public final class Uploads {
  private static final Logger log = LoggerFactory.getLogger(Loggers.UPLOAD);
  private static final Logger eventsLog = LoggerFactory.getLogger(Loggers.EVENTS);

  private final Environment environment;
  private final Function<? super Upload, ? extends UploadListener> hearers;
  private final Turns turns;
  private final Executor endings;
  private final Map<UploadId, LiveUpload> live = new LinkedHashMap<>();
  private final Set<LiveBatch> batches = ConcurrentHashMap.newKeySet();
  private boolean closed;
  private boolean discardsFinished;

  /**
   * @param environment what all uploads share
   * @param hearers makes a listener for each upload
   */
  public Uploads(
      Environment environment, Function<? super Upload, ? extends UploadListener> hearers) {
    this.environment = environment;
    this.hearers = hearers;
    this.turns = new Turns(environment.options().concurrentUploads());
    this.endings = new SerialExecutor(environment.workers());
  }

  /** Starts an upload, or goes on with the pending one of the same source. */
  public Upload start(UploadRequest request) {
    return start(List.of(request)).get(0);
  }

  /** Starts several, or goes on with them; none if one of them cannot be. */
  public UploadBatch startAll(List<UploadRequest> requests, List<UploadBatchListener> listeners) {
    // some may be at work by then, or at their end; whoever watches late is told of that, too
    LiveBatch batch = new LiveBatch(environment, start(requests), listeners);
    batches.add(batch);
    var unused = batch.completion().whenComplete((result, failure) -> batches.remove(batch));
    return batch.watch();
  }

  private List<LiveUpload> start(List<UploadRequest> requests) {
    // before the first of them is begun, and with no lock held: this reads the files
    Collection<WantedUpload> wanted = WantedUpload.of(requests);
    synchronized (this) {
      finishDiscards();
      takeAll(wanted);
      return wanted.stream().map(this::begin).collect(Collectors.toList());
    }
  }

  private void takeAll(Collection<WantedUpload> wanted) {
    try {
      wanted.forEach(this::take);
    } catch (Throwable e) {
      wanted.forEach(WantedUpload::giveBack);
      throw e;
    }
  }

  private void take(WantedUpload wanted) {
    String backend = environment.fetcher().backend();
    // one that is being cancelled may not have said so in the journal yet
    Predicate<JournalEntry> free =
        entry -> wanted.isMeantBy(entry, backend) && !isCancelled(entry.id());
    for (LiveUpload upload : live.values()) {
      if (free.test(upload.entry())) {
        wanted.found(upload);
        return;
      }
    }
    wanted.claim(environment.journal(), free, () -> requested(wanted));
  }

  private LiveUpload begin(WantedUpload wanted) {
    LiveUpload running = wanted.running();
    if (running != null) {
      wanted.listeners().forEach(running::addListener);
      running.raise(wanted.priority());
      running.resume();
      return running;
    }
    LiveUpload upload = prepare(wanted.claim(), wanted.source(), wanted.listeners());
    upload.prioritize(wanted.priority());
    upload.start();
    return upload;
  }

  private JournalEntry requested(WantedUpload wanted) {
    UploadRequest request = wanted.request();
    String contentType =
        request
            .contentType()
            .orElseGet(() -> ContentTypes.detect(request.source(), request.fileName()));
    return JournalEntry.requested(
        UploadId.random(),
        environment.fetcher().backend(),
        wanted.identity(),
        new ObjectProperties(
            contentType,
            request.metadata(),
            request.storageClass().orElse(null),
            request.encryption().orElse(null)),
        environment.now());
  }

  private boolean isCancelled(UploadId id) {
    LiveUpload upload = live.get(id);
    return upload != null && upload.isCancelled();
  }

  /** Goes on with one pending upload. */
  public Optional<Upload> resume(UploadId id, List<UploadListener> listeners) {
    synchronized (this) {
      checkOpen();
      LiveUpload running = live.get(id);
      if (running != null) {
        listeners.forEach(running::addListener);
        running.resume();
        return Optional.of(running);
      }
      return environment
          .journal()
          .claim(id)
          .map(claim -> launch(claim, sourceOf(claim), listeners));
    }
  }

  /** Goes on with every pending upload of this backend that no other process has. */
  public List<Upload> resumeAll() {
    finishDiscards();
    List<Upload> resumed = new ArrayList<>();
    for (JournalEntry entry : environment.journal().entries()) {
      if (entry.state() != UploadState.CANCELLED
          && entry.backend().equals(environment.fetcher().backend())) {
        try {
          resume(entry.id(), List.of()).ifPresent(resumed::add);
        } catch (UploadException e) {
          UploadContext.of(entry.id())
              .run(() -> log.warn("upload {} is left alone: {}", entry.id(), e.getMessage()));
        }
      }
    }
    return resumed;
  }

  /** Every upload in the journal, but for those that are being discarded. */
  public List<PendingUpload> pending() {
    return environment.journal().entries().stream()
        .filter(entry -> entry.state() != UploadState.CANCELLED)
        .map(JournalEntry::toPending)
        .collect(Collectors.toList());
  }

  /** Discards what has not been touched for a time, unless another process works on it. */
  public int discardOlderThan(Duration age) {
    Instant limit = environment.now().minus(age);
    int discarded = 0;
    for (JournalEntry entry : environment.journal().entries()) {
      if (entry.updatedAt().isBefore(limit)) {
        try {
          discarded += discardIdle(entry.id()) ? 1 : 0;
        } catch (JournalException e) {
          UploadContext.of(entry.id())
              .run(() -> log.debug("upload {} is left alone: {}", entry.id(), e.getMessage()));
        }
      }
    }
    return discarded;
  }

  /** Finishes the discards that an earlier process began, in the background, once. */
  private synchronized void finishDiscards() {
    checkOpen();
    if (discardsFinished) {
      return;
    }
    discardsFinished = true;
    for (JournalEntry entry : environment.journal().entries()) {
      if (entry.state() == UploadState.CANCELLED && !live.containsKey(entry.id())) {
        try {
          environment
              .journal()
              .claim(entry.id())
              .ifPresent(claim -> launch(claim, new UnneededSource(entry.source()), List.of()));
        } catch (JournalException e) {
          UploadContext.of(entry.id())
              .run(() -> log.debug("upload {} is left alone: {}", entry.id(), e.getMessage()));
        }
      }
    }
  }

  /** Discards a pending upload, live or not. */
  public boolean discard(UploadId id) {
    return awaitDiscarded(beginDiscard(id, true));
  }

  /** Discards a pending upload that nobody has gone on with meanwhile. */
  private boolean discardIdle(UploadId id) {
    return awaitDiscarded(beginDiscard(id, false));
  }

  private synchronized Optional<LiveUpload> beginDiscard(UploadId id, boolean evenIfLive) {
    checkOpen();
    Optional<LiveUpload> upload = Optional.ofNullable(live.get(id));
    if (upload.isPresent() && !evenIfLive) {
      return Optional.empty();
    }
    if (!upload.isPresent()) {
      upload =
          environment
              .journal()
              .claim(id)
              .map(claim -> prepare(claim, new UnneededSource(claim.entry().source()), List.of()));
    }
    // before anybody else can find it, and go on with it without a source
    upload.ifPresent(LiveUpload::cancel);
    return upload;
  }

  private static boolean awaitDiscarded(Optional<LiveUpload> upload) {
    upload.ifPresent(LiveUpload::awaitDiscarded);
    return upload.isPresent();
  }

  private LiveUpload launch(Claim claim, VideoSource source, List<UploadListener> listeners) {
    LiveUpload upload = prepare(claim, source, listeners);
    upload.start();
    return upload;
  }

  private LiveUpload prepare(Claim claim, VideoSource source, List<UploadListener> listeners) {
    ProgressMeter meter = new ProgressMeter(claim.entry().source().size(), environment.nanoTime());
    UploadEvents events =
        new UploadEvents(
            environment.events(),
            meter::snapshot,
            environment.nanoTime(),
            UploadContext.of(claim.entry().id()));
    UploadState reached = claim.entry().state();
    if (reached != UploadState.REQUESTED) {
      // whoever listens to an upload that an earlier process began is told where it stands
      events.state(new StateChange(reached, reached, null));
    }
    UploadJob job = new UploadJob(environment, claim, source, meter, events);
    LiveUpload upload = new LiveUpload(environment, job, turns, endings, this::ended);
    live.put(upload.id(), upload);
    job.context().run(() -> addHearer(upload));
    listeners.forEach(upload::addListener);
    return upload;
  }

  private void addHearer(LiveUpload upload) {
    UploadListener hearer;
    try {
      hearer = Objects.requireNonNull(hearers.apply(upload), "no listener");
    } catch (Throwable e) {
      // as with a listener that throws, Kotlin's checked exceptions included
      eventsLog.warn("upload {} goes on without a listener, none could be made", upload.id(), e);
      return;
    }
    upload.addListener(hearer);
  }

  private VideoSource sourceOf(Claim claim) {
    String reference = claim.entry().source().reference();
    try {
      return environment.sources().resolve(reference).orElseGet(() -> file(reference));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw withoutSource(
          claim,
          "cannot be resumed by its id: its source "
              + reference
              + " is no file, and no SourceResolver knows it. Upload the source again to go on.",
          e);
    } catch (IOException | RuntimeException e) {
      throw withoutSource(
          claim,
          "cannot be resumed now: its source "
              + reference
              + " is out of reach ("
              + e
              + "). Resume it once the source can be had again, or discard it.",
          e);
    }
  }

  private static VideoSource file(String reference) {
    return VideoSource.of(Paths.get(URI.create(reference)));
  }

  private static SourceException withoutSource(Claim claim, String problem, Exception cause) {
    UploadId id = claim.entry().id();
    claim.close();
    return new SourceException(
        "upload " + id + " " + problem, new Details(id, Stage.PREPARE, true, null), cause);
  }

  private synchronized void ended(LiveUpload upload) {
    live.remove(upload.id());
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this VideoUploader is closed");
    }
  }

  /** Stops every upload, its parts in flight within a time, and waits until it has stopped. */
  public void close(Duration grace) {
    List<LiveUpload> running;
    synchronized (this) {
      closed = true;
      running = new ArrayList<>(live.values());
    }
    // those in line first: they need not begin what is to be stopped at once
    Collections.reverse(running);
    running.forEach(upload -> upload.close(grace));
    running.forEach(LiveUpload::awaitEnd);
    // each has its end told before it is at its end; after this there are no threads to tell it
    batches.forEach(LiveBatch::awaitEnd);
  }

  /** Stands in for the source of an upload that is only to be discarded. */
  private record UnneededSource(Source source) implements VideoSource {
    @Override
    public String name() {
      return source.fileName();
    }

    @Override
    public String reference() {
      return source.reference();
    }

    @Override
    public long size() {
      return source.size();
    }

    @Override
    public Instant lastModified() {
      return source.lastModified();
    }

    @Override
    public SeekableByteChannel open() {
      throw new UnsupportedOperationException("a discard reads nothing");
    }
  }
}
