package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener.CredentialsRenewed;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.credentials.CredentialsFetcher.Renewal;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.internal.pipeline.StopSignal.Blocking;
import io.github.reelbeam.internal.progress.ProgressMeter;
import io.github.reelbeam.internal.progress.UploadEvents;
import io.github.reelbeam.internal.timeline.TimelineRecorder;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.Stored;
import io.github.reelbeam.journal.JournalEntry.Target;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import io.github.reelbeam.journal.UploadJournal.Claim;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upload as the steps of the pipeline see it: its journal entry, its source, its credentials,
 * and those who want to hear of it. Safe for use by many threads.
 */
final class UploadJob {
  private static final Logger log = LoggerFactory.getLogger(Loggers.UPLOAD);
  private static final Logger credentialsLog = LoggerFactory.getLogger(Loggers.CREDENTIALS);

  private final Environment environment;
  private final Claim claim;
  private final VideoSource source;
  private final ProgressMeter meter;
  private final UploadEvents events;
  private final UploadContext context;
  private final TimelineRecorder timeline;

  private volatile UploadPriority priority = UploadPriority.NORMAL;
  private JournalEntry entry;
  private UploadState state;
  private @Nullable WaitReason waitReason;
  private @Nullable GrantSession session;

  UploadJob(
      Environment environment,
      Claim claim,
      VideoSource source,
      ProgressMeter meter,
      UploadEvents events) {
    this.environment = environment;
    this.claim = claim;
    this.source = source;
    this.meter = meter;
    this.events = events;
    this.context = UploadContext.of(claim.entry().id());
    this.entry = claim.entry();
    this.state = entry.state();
    this.timeline = new TimelineRecorder(this::entry, environment.clock(), environment.nanoTime());
  }

  UploadId id() {
    return entry().id();
  }

  VideoSource source() {
    return source;
  }

  ProgressMeter meter() {
    return meter;
  }

  UploadEvents events() {
    return events;
  }

  TimelineRecorder timeline() {
    return timeline;
  }

  /** Names the upload in the log. */
  UploadContext context() {
    return context;
  }

  /** Threads that may block, and work for this upload. */
  Executor workers() {
    return context.on(environment.workers());
  }

  /** Calls something that blocks, for this upload; as {@link StopSignal#call}. */
  <T> T call(StopSignal stop, Blocking<T> blocking) throws StoppedException, ExecutionException {
    return stop.call(() -> context.get(blocking::call), environment.workers());
  }

  UploadPriority priority() {
    return priority;
  }

  void prioritize(UploadPriority next) {
    priority = next;
  }

  synchronized JournalEntry entry() {
    return entry;
  }

  synchronized UploadState state() {
    return state;
  }

  /** Makes a change durable; only then does the rest of the process see it. */
  synchronized void write(UnaryOperator<JournalEntry> change) {
    JournalEntry changed = change.apply(entry);
    claim.write(changed);
    entry = changed;
  }

  /** Nothing of the object is in the store: all parts are to be sent again, under the same key. */
  void startOver() {
    write(
        entry -> {
          Transfer before =
              Objects.requireNonNull(entry.transfer(), "planned before it can be lost");
          Transfer again = Transfer.planned(before.partSize(), before.checksummed());
          return entry.transferring(again, environment.now());
        });
    meter.startOver();
  }

  /** The grant is too old to be renewed: all is to be sent again, under a key of a new grant. */
  synchronized void startFromTheGrant() {
    write(entry -> entry.requestedAgain(environment.now()));
    session = null;
    meter.startOver();
    enter(UploadState.REQUESTED);
  }

  /** Somebody has seen the whole object, and the state that says so is entered. */
  void confirmed() {
    meter.confirmed();
    events.whole();
  }

  /** The upload is done, or discarded. */
  synchronized void forget() {
    claim.remove();
  }

  void release() {
    claim.close();
  }

  /** Tells the listeners where the upload is, if that is news. */
  void enter(UploadState next) {
    enter(next, null);
  }

  void enter(UploadState next, @Nullable WaitReason reason) {
    synchronized (this) {
      if (state == next && waitReason == reason) {
        return;
      }
      StateChange change = new StateChange(state, next, reason);
      events.state(change);
      timeline.state(change);
      UploadState before = state;
      context.run(() -> say(before, next, reason));
      state = next;
      waitReason = reason;
    }
  }

  /** A wait for the network is worth a line, one for other uploads happens a thousand times. */
  private void say(UploadState before, UploadState next, @Nullable WaitReason reason) {
    if (next == UploadState.WAITING && reason != WaitReason.QUEUED) {
      log.info("upload {} waits: {}", claim.entry().id(), reason);
    } else if (next == UploadState.PAUSED) {
      log.info("upload {} is paused", claim.entry().id());
    } else {
      log.debug("upload {}: {} -> {}", claim.entry().id(), before, next);
    }
  }

  /** Takes the first grant. */
  synchronized void accept(UploadGrant grant) {
    credentialsLog.debug("upload {}: granted, good for {}", id(), grant.validFor());
    tellTime(grant);
    session(grant.bucket(), grant.key(), grant.token()).accept(grant);
  }

  /** The credentials of this upload; after a restart there are none until they are asked for. */
  synchronized GrantSession session() {
    Target target = target();
    return session(target.bucket(), target.key(), target.renewalToken());
  }

  private GrantSession session(String bucket, String key, @Nullable String token) {
    GrantSession known = session;
    if (known == null) {
      known =
          new GrantSession(
              environment.fetcher(),
              new Renewal(bucket, key, token),
              workers(),
              environment.nanoTime(),
              fresh -> renewed(key, fresh));
      session = known;
    }
    return known;
  }

  /** Who says how long the credentials are good for also says what time it is. */
  private void tellTime(UploadGrant grant) {
    Instant expiration = grant.credentials().expiration();
    try {
      environment.engine().clock().toldByBackend(expiration.minus(grant.validFor()));
    } catch (ArithmeticException | DateTimeException e) {
      // credentials that never expire, as an app's own fetcher may have them
      log.debug("upload {}: its grant does not say what time it is", id());
    }
  }

  private void renewed(String key, UploadGrant fresh) {
    environment.stores().check(fresh);
    tellTime(fresh);
    note(key, fresh.token());
    timeline.renewed(fresh.validFor());
    credentialsLog.debug("upload {}: renewed, good for {}", id(), fresh.validFor());
    CredentialsRenewed event = new CredentialsRenewed(fresh.credentials().expiration());
    events.emit(l -> l.onCredentialsRenewed(event));
  }

  private synchronized void note(String key, @Nullable String token) {
    Target known = entry.target();
    if (known == null || !known.key().equals(key)) {
      // it was under way when the upload got another grant, which this token does not renew
      throw new IllegalStateException("a renewal came too late: the upload has another grant");
    }
    if (token != null && !token.equals(known.renewalToken())) {
      write(e -> e.renewed(token, environment.now()));
    }
  }

  Target target() {
    return Objects.requireNonNull(entry().target(), "there is no target before the grant");
  }

  /** What the backend is told. */
  VideoAsset asset() {
    JournalEntry now = entry();
    Target target = target();
    Stored stored = Objects.requireNonNull(now.stored(), "nothing is stored yet");
    return new VideoAsset(
        now.id(),
        target.bucket(),
        target.key(),
        target.region(),
        now.source().size(),
        now.object().contentType(),
        stored.eTag(),
        stored.checksum(),
        now.source().fileName(),
        now.object().metadata(),
        stored.confirmed(),
        "");
  }

  Details details(Stage stage, boolean resumable, @Nullable String requestId) {
    return new Details(id(), stage, resumable, requestId);
  }
}
