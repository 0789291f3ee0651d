package io.github.reelbeam.journal;

import io.github.reelbeam.ServerSideEncryption;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.VideoAsset.Checksum;
import io.github.reelbeam.fuzz.FuzzTime;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Source;
import io.github.reelbeam.journal.JournalEntry.Stored;
import io.github.reelbeam.journal.JournalEntry.Target;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.net.URI;
import java.util.Map;

/** An entry with everything in it. */
final class Samples {
  private Samples() {}

  static JournalEntry entry(UploadId id) {
    return JournalEntry.requested(
            id,
            "https://api.example.com/",
            new Source("file:///v/holiday.mp4", "holiday.mp4", 9 << 20, FuzzTime.NOW, "0123abcd"),
            new ObjectProperties(
                "video/mp4", Map.of("title", "Holiday"), "STANDARD", ServerSideEncryption.kms("k")),
            FuzzTime.NOW)
        .granted(
            new Target(
                "videos",
                "in/1.mp4",
                "eu-central-1",
                URI.create("https://s3.example.com"),
                true,
                "t"),
            FuzzTime.NOW)
        .transferring(
            Transfer.planned(5 << 20, true)
                .opened("mpu-1")
                .withConfirmed(Map.of(1, "AAAAAA=="))
                .aboutToComplete(),
            FuzzTime.NOW)
        .stored(
            new Stored("abc-2", new Checksum("CRC32", "FULL_OBJECT", "AAAAAA=="), true),
            FuzzTime.NOW)
        .failed("the backend is away", FuzzTime.NOW);
  }
}
