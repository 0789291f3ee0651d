package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.Source;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.journal.UploadJournal.Claim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source that is to be uploaded, on its way to an upload: all who ask for it, and the upload or
 * the claim that was found for it. What {@link Uploads} finds is guarded by it.
 */
final class WantedUpload {
  private static final Logger log = LoggerFactory.getLogger(Loggers.UPLOAD);

  private final Source identity;
  private final List<UploadRequest> requests = new ArrayList<>();
  private @Nullable LiveUpload running;
  private @Nullable Claim claim;
  private boolean created;

  private WantedUpload(Source identity) {
    this.identity = identity;
  }

  /**
   * Looks at all sources; requests for the same one become one.
   *
   * @throws io.github.reelbeam.SourceException at the first that is missing, empty or unreadable
   */
  static Collection<WantedUpload> of(List<UploadRequest> requests) {
    Map<Source, WantedUpload> wanted = new LinkedHashMap<>();
    for (UploadRequest request : requests) {
      Source identity = SourceIdentity.of(request.source(), request.fileName());
      wanted
          .computeIfAbsent(nameless(identity), source -> new WantedUpload(identity))
          .requests
          .add(request);
    }
    return wanted.values();
  }

  /** The name is what the backend is told, and tells nothing about the bytes. */
  private static Source nameless(Source source) {
    return new Source(
        source.reference(), "", source.size(), source.lastModified(), source.digest());
  }

  /** Whether an entry is of this very source, for this backend, and can be gone on with. */
  boolean isMeantBy(JournalEntry entry, String backend) {
    return entry.source().reference().equals(identity.reference())
        && nameless(entry.source()).equals(nameless(identity))
        && entry.state() != UploadState.CANCELLED
        && entry.backend().equals(backend);
  }

  Source identity() {
    return identity;
  }

  /** The first that asked: a new upload is made as it says. */
  UploadRequest request() {
    return requests.get(0);
  }

  VideoSource source() {
    return request().source();
  }

  List<UploadListener> listeners() {
    return requests.stream()
        .flatMap(request -> request.listeners().stream())
        .collect(Collectors.toList());
  }

  /** That of the one who wants it most. */
  UploadPriority priority() {
    return requests.stream()
        .map(UploadRequest::priority)
        .max(Comparator.naturalOrder())
        .orElse(UploadPriority.NORMAL);
  }

  void found(LiveUpload upload) {
    running = upload;
  }

  @Nullable LiveUpload running() {
    return running;
  }

  void claim(
      UploadJournal journal, Predicate<JournalEntry> matches, Supplier<JournalEntry> otherwise) {
    claim =
        journal.claimOrCreate(
            matches,
            () -> {
              created = true;
              return otherwise.get();
            });
  }

  Claim claim() {
    return Objects.requireNonNull(claim, "claimed, unless it runs");
  }

  /** It is not begun after all: what is in the journal only for its sake goes. */
  void giveBack() {
    Claim taken = claim;
    if (taken == null) {
      return;
    }
    try (taken) {
      if (created) {
        taken.remove();
      }
    } catch (RuntimeException e) {
      // it stays pending, and is gone on with when its source is uploaded
      UploadId id = taken.entry().id();
      UploadContext.of(id).run(() -> log.warn("upload {} is left in the journal", id, e));
    }
  }
}
