package io.github.reelbeam.internal.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.RetryCause;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.internal.transfer.StoreRequest;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Source;
import io.github.reelbeam.journal.JournalEntry.Target;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The example in docs/observability.md is what a timeline really looks like. */
class TimelineDocumentTest {
  private static final Pattern JSON =
      Pattern.compile("^```json\\R(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Instant START = TickingClock.START;
  private static final int PART = 8 << 20;

  private final JournalEntry entry =
      JournalEntry.requested(
              new UploadId("0d1f7a5c-6f0e-4b8e-9d0a-2f6f3f1f9c11"),
              "https://api.example.com",
              new Source("file:///videos/first.mp4", "first.mp4", 3 * PART, START, "d"),
              new ObjectProperties("video/mp4", Map.of(), null, null),
              START)
          .granted(new Target("clips", "in/0b7c.mp4", "eu-central-1", null, false, null), START)
          .transferring(Transfer.planned(PART, true), START);
  private Duration passed = Duration.ZERO;

  private void pass(long millis) {
    passed = passed.plusMillis(millis);
  }

  private static StoreRequest request(String operation, int part, int status, long millis, int n) {
    return new StoreRequest(
        operation,
        part,
        status,
        Duration.ofMillis(millis),
        "7C1F0B2E9A4D660" + n,
        "Zq3k+e9" + n,
        null);
  }

  private String timeline() {
    TimelineRecorder recorder =
        new TimelineRecorder(() -> entry, new TickingClock(() -> passed), () -> passed.toNanos());
    pass(40);
    recorder.requestSent();
    pass(60);
    recorder.requestEnded(request("ListParts", 0, 200, 60, 1));
    recorder.run(Map.of(1, (long) PART));
    recorder.requestSent();
    recorder.requestSent();
    pass(300);
    recorder.requestEnded(request("UploadPart", 3, 503, 300, 2));
    recorder.retry(
        new PartRetry(
            3,
            1,
            Duration.ofMillis(420),
            RetryCause.THROTTLED,
            "the store answered 503 SlowDown: Please reduce your request rate"));
    pass(400);
    recorder.requestEnded(request("UploadPart", 2, 200, 700, 3));
    recorder.partCommitted(PART, 11_983_725);
    recorder.state(change(UploadState.TRANSFERRING, UploadState.WAITING, WaitReason.OFFLINE));
    pass(5000);
    recorder.state(change(UploadState.WAITING, UploadState.TRANSFERRING, null));
    recorder.requestSent();
    pass(650);
    recorder.requestEnded(request("UploadPart", 3, 200, 650, 4));
    recorder.partCommitted(PART, 12_905_550);
    recorder.requestSent();
    pass(90);
    recorder.requestEnded(request("CompleteMultipartUpload", 0, 200, 90, 5));
    recorder.state(change(UploadState.TRANSFERRING, UploadState.STORED, null));
    pass(35);
    recorder.state(change(UploadState.STORED, UploadState.NOTIFIED, null));
    recorder.ended(null);
    return recorder.snapshot().toJson();
  }

  private static StateChange change(UploadState from, UploadState to, @Nullable WaitReason reason) {
    return new StateChange(from, to, reason);
  }

  @Test
  void theDocumentShowsIt() throws Exception {
    String document = Files.readString(Path.of("..", "docs", "observability.md"));
    Matcher fence = JSON.matcher(document);
    assertThat(fence.find()).isTrue();
    ObjectMapper mapper = new ObjectMapper();
    String made = mapper.readTree(timeline()).toPrettyString();
    assertThat(mapper.readTree(fence.group(1)).toPrettyString()).isEqualTo(made);
  }
}
