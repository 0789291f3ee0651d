package io.github.reelbeam.internal.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadTimeline;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Source;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  static final JournalEntry ENTRY =
      JournalEntry.requested(
              new UploadId("u1"),
              "https://api.example.com",
              new Source(
                  "file:///home/ann/my%20tapes/first.mp4", "first.mp4", 10, Instant.EPOCH, "d"),
              new ObjectProperties("video/mp4", Map.of("title", "Wedding", "n", "1"), null, null),
              Instant.EPOCH)
          .granted(
              new Target("clips", "in/0b7c.mp4", "eu-central-1", null, false, "renew-me"),
              Instant.EPOCH);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT /clips/in/0b7c.mp4 (part 3): cut off | PUT (path) (part 3): cut off",
        "GET /x?X-Amz-Signature=abc failed        | GET (path) failed",
        "see https://h.example/p?token=abc now    | see https://h.example/p?(query) now",
        "http://ann:pw@proxy.example said no      | http://(user)@proxy.example said no",
        "SignedHeaders=h, Signature=0a1b2c bad    | SignedHeaders=h, Signature=(signature) bad",
        "no bucket clips here                     | no bucket (bucket) here",
        "clips.s3.amazonaws.com is away           | (bucket).s3.amazonaws.com is away",
        "in/0b7c.mp4 is not there                 | (key) is not there",
        "file:///home/ann/my%20tapes/first.mp4    | (source)",
        "/home/ann/my tapes/first.mp4 is gone     | (source) is gone",
        "first.mp4 is too long                    | (file name) is too long",
        "the title Wedding is taken               | the title (metadata) is taken",
        "renew-me is no token                     | (token) is no token",
        "1 of 1 attempts failed                   | 1 of 1 attempts failed"
      })
  void hidesWhatIsNobodyElsesBusiness(String words, String shown) {
    assertThat(Redaction.of(words, ENTRY)).isEqualTo(shown);
  }

  @Test
  void keepsWordsShortAndInOneLine() {
    assertThat(Redaction.of("a\nb" + "c".repeat(1000), ENTRY))
        .startsWith("a b")
        .hasSize(UploadTimeline.MAX_TEXT)
        .endsWith("...");
  }
}
