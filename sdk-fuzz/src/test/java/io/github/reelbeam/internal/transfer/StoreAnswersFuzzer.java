package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.fuzz.Check;
import io.github.reelbeam.fuzz.Inputs;
import io.github.reelbeam.fuzz.ScriptedNetwork;
import io.github.reelbeam.fuzz.StoreUnderFuzz;
import io.github.reelbeam.fuzz.StoreUnderFuzz.Outcome;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The store's answers to the requests of one run, through the whole of the SDK. The first line of
 * an input says what kind of run it is ({@code begin}, {@code resume} or {@code put}); then come
 * HTTP answers, in the order in which they are given; the last is given for ever.
 */
public final class StoreAnswersFuzzer {
  private static final int MOST_ANSWERS = 12;
  private static final int LONGEST_ETAG = 1024;

  private static final VideoSource TWO_PARTS =
      StoreUnderFuzz.zeros(TransferOptions.MIN_PART_SIZE + 1);
  private static final VideoSource ONE_OBJECT = StoreUnderFuzz.zeros(10);
  private static final ObjectProperties OBJECT =
      new ObjectProperties("video/mp4", Map.of("title", "Holiday"), null, null);

  private StoreAnswersFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
    List<byte[]> documents = Inputs.documents(input, MOST_ANSWERS + 1);
    String kind = Inputs.text(documents.get(0));
    List<byte[]> answers = documents.subList(1, documents.size());
    try (ScriptedNetwork.Script store = StoreUnderFuzz.network().script(answers)) {
      Outcome outcome =
          StoreUnderFuzz.run(
              store,
              kind.startsWith("put") ? ONE_OBJECT : TWO_PARTS,
              StoreUnderFuzz.target(store, "videos", "uploads/1.mp4"),
              OBJECT,
              kind.startsWith("resume") ? "an-upload-id" : null,
              !kind.contains("unchecked"));
      if (outcome.stored() != null) {
        Check.message(outcome.stored().eTag(), StoreUnderFuzz.SECRET_KEY);
        Check.that(
            outcome.stored().eTag().length() <= LONGEST_ETAG,
            "an ETag of " + outcome.stored().eTag().length() + " characters");
      }
    }
  }
}
