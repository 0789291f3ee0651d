package io.github.reelbeam.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.journal.Entries;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.Target;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A later Reelbeam goes on with what an earlier one has left: documents as they were once written
 * stand in the test's resources, and stay there as they are. A change of the format adds others.
 */
class JournalFormatTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final JournalEntry TRANSFERRING =
      Entries.requested("u-1")
          .granted(new Target("b", "k", "r", null, false, null), Entries.BEGUN)
          .transferring(
              Transfer.planned(5 << 20, true)
                  .opened("mpu-1")
                  .withConfirmed(Map.of(1, "AAAAAA==", 10_000, "/////w=="))
                  .aboutToComplete(),
              Entries.BEGUN);

  private static byte[] document(String name) throws IOException {
    try (InputStream file = JournalFormatTest.class.getResourceAsStream("/journal/" + name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    }
  }

  @Test
  void goesOnWithATransferOfTheFirstFormat() throws Exception {
    assertThat(JournalJson.read(document("1-transferring.json"))).isEqualTo(TRANSFERRING);
  }

  @Test
  void goesOnWithAStoredVideoOfTheFirstFormat() throws Exception {
    assertThat(JournalJson.read(document("1-stored.json"))).isEqualTo(Entries.full("u-2"));
  }

  /**
   * If this is to change: an older Reelbeam must still be able to read it, or the version rises.
   */
  @Test
  void isWrittenInTheFirstFormat() throws Exception {
    assertThat(JSON.readTree(JournalJson.write(TRANSFERRING)))
        .isEqualTo(JSON.readTree(document("1-transferring.json")));
    assertThat(JSON.readTree(JournalJson.write(Entries.full("u-2"))))
        .isEqualTo(JSON.readTree(document("1-stored.json")));
  }
}
