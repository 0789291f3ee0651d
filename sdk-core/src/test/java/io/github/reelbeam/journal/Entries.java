package io.github.reelbeam.journal;

import io.github.reelbeam.ServerSideEncryption;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.VideoAsset.Checksum;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Source;
import io.github.reelbeam.journal.JournalEntry.Stored;
import io.github.reelbeam.journal.JournalEntry.Target;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** Journal entries for tests. */
public final class Entries {
  public static final Instant BEGUN = Instant.parse("2026-11-22T10:00:00Z");

  private Entries() {}

  /** An entry that has just been asked for. */
  public static JournalEntry requested(String id) {
    return requested(id, BEGUN);
  }

  public static JournalEntry requested(String id, Instant at) {
    return JournalEntry.requested(
        new UploadId(id),
        "https://api.example.com/",
        new Source(
            "file:///home/a/h%C3%BC.mp4",
            "hü\n\"\u0000.mp4",
            5L << 40,
            Instant.parse("2026-01-31T12:34:56.123456789Z"),
            "0123abcd"),
        new ObjectProperties("video/mp4", Map.of(), null, null),
        at);
  }

  /** An entry with everything in it. */
  public static JournalEntry full(String id) {
    JournalEntry entry =
        JournalEntry.requested(
                new UploadId(id),
                "https://api.example.com/",
                requested(id).source(),
                new ObjectProperties(
                    "video/mp4",
                    Map.of("title", "Holiday", "empty", ""),
                    "STANDARD_IA",
                    ServerSideEncryption.kms("key-1")),
                BEGUN)
            .granted(
                new Target(
                    "videos",
                    "in/1.mp4",
                    "eu-central-1",
                    URI.create("http://127.0.0.1:9000"),
                    true,
                    "renewal-1"),
                BEGUN.plusSeconds(1))
            .transferring(Transfer.planned(8 << 20, true).opened("mpu-1"), BEGUN.plusSeconds(2));
    return entry
        .stored(
            new Stored("abc-2", new Checksum("CRC32", "FULL_OBJECT", "AAAAAA=="), false),
            BEGUN.plusMillis(3_001))
        .failed("the backend is away", BEGUN.plusNanos(4));
  }
}
