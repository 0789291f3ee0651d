package io.github.reelbeam.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.ServerSideEncryption;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.journal.Entries;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Stored;
import io.github.reelbeam.journal.JournalEntry.Target;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalJsonTest {
  private static String text(JournalEntry entry) {
    return new String(JournalJson.write(entry), UTF_8);
  }

  static Stream<JournalEntry> entries() {
    JournalEntry requested = Entries.requested("u-1");
    JournalEntry granted =
        requested.granted(new Target("b", "k", "r", null, false, null), Entries.BEGUN);
    JournalEntry transferring =
        granted.transferring(Transfer.planned(5 << 20, false), Entries.BEGUN);
    JournalEntry encrypted =
        JournalEntry.requested(
            requested.id(),
            "b",
            requested.source(),
            new ObjectProperties("video/mp4", Map.of(), null, ServerSideEncryption.s3()),
            Entries.BEGUN);
    return Stream.of(
        requested,
        granted,
        transferring,
        transferring.transferring(
            Transfer.planned(5 << 20, true)
                .opened("mpu-1")
                .withConfirmed(Map.of(1, "AAAAAA==", 10_000, "/////w=="))
                .aboutToComplete(),
            Entries.BEGUN),
        transferring.discarding(Entries.BEGUN),
        transferring.stored(new Stored("", null, true), Entries.BEGUN),
        encrypted,
        requested.failed("", Entries.BEGUN),
        Entries.full("u-2"));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void givesBackWhatWasWritten(JournalEntry entry) throws Exception {
    assertThat(JournalJson.read(JournalJson.write(entry))).isEqualTo(entry);
  }

  @ParameterizedTest
  @EnumSource(
      value = UploadState.class,
      names = {"PAUSED", "WAITING", "FAILED"},
      mode = EnumSource.Mode.EXCLUDE)
  void readsEveryStage(UploadState stage) throws Exception {
    String json = text(Entries.full("u-1")).replace("\"STORED\"", "\"" + stage + "\"");

    assertThat(JournalJson.read(json.getBytes(UTF_8)).state()).isEqualTo(stage);
  }

  @Test
  void leavesOutWhatThereIsNot() {
    JournalEntry planned =
        Entries.requested("u-1")
            .granted(new Target("b", "k", "r", null, false, null), Entries.BEGUN)
            .transferring(Transfer.planned(5 << 20, false), Entries.BEGUN);

    assertThat(text(planned)).doesNotContain("null", "completing", "confirmed");
  }

  @Test
  void readsWhatIsSaidNotToBeSo() throws Exception {
    String json =
        text(Entries.full("u-1"))
            .replace("\"checksummed\":true", "\"checksummed\":true,\"completing\":false");

    assertThat(JournalJson.read(json.getBytes(UTF_8))).isEqualTo(Entries.full("u-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "01", "-1", "x", "100000", "1.5"})
  void refusesAPartNumberThatIsNone(String number) {
    String json =
        text(Entries.full("u-1"))
            .replace(
                "\"checksummed\":true",
                "\"checksummed\":true,\"confirmed\":{\"%s\":\"AAAAAA==\"}".formatted(number));

    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> JournalJson.read(json.getBytes(UTF_8)))
        .satisfies(e -> assertThat(e.field()).isEqualTo("transfer.confirmed"));
  }

  @Test
  void readsASizeOfNothing() throws Exception {
    String json = text(Entries.full("u-1")).replaceFirst("\"size\":[0-9]+", "\"size\":0");

    assertThat(JournalJson.read(json.getBytes(UTF_8)).source().size()).isZero();
  }

  @Test
  void saysItsVersionFirst() {
    assertThat(text(Entries.requested("u-1"))).startsWith("{\"version\":1,\"id\":\"u-1\"");
  }

  @Test
  void passesOverFieldsThatItDoesNotKnow() throws Exception {
    String json =
        text(Entries.full("u-1"))
            .replace("\"id\":", "\"later\":{\"a\":[1]},\"id\":")
            .replace("\"partSize\":", "\"later\":null,\"partSize\":");

    assertThat(JournalJson.read(json.getBytes(UTF_8))).isEqualTo(Entries.full("u-1"));
  }

  @Test
  void tellsANewerVersionFromABrokenDocument() {
    assertThatExceptionOfType(NewerVersionException.class)
        .isThrownBy(() -> JournalJson.read("{\"version\": 2, \"uploads\": []}".getBytes(UTF_8)))
        .withMessageContaining("version 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\":1      | \"v\":1                | version",
        "\"version\":1      | \"version\":0          | version",
        "\"version\":1      | \"version\":\"1\"      | version",
        "\"version\":1      | \"version\":18446744073709551617 | version",
        "\"u-1\"            | \"../u\"               | id",
        "\"STORED\"         | \"FAILED\"             | state",
        "\"STORED\"         | \"PAUSED\"             | state",
        "\"STORED\"         | \"WAITING\"            | state",
        "\"STORED\"         | \"stored\"             | state",
        "\"size\":5         | \"size\":-5            | source.size",
        "\"size\":5         | \"size\":1.5           | source.size",
        "\"size\":5         | \"size\":5e0           | source.size",
        "\"size\":5         | \"size\":true,\"s\":5 | source.size",
        "\"size\":5         | \"size\":9999999999999999999 | source.size",
        "\"digest\"         | \"d\"                  | source.digest",
        "2026-01-31T        | 2026-02-31T            | source.lastModified",
        "\"Holiday\"        | 7                      | object.metadata.title",
        "\"metadata\":{     | \"metadata\":7,\"x\":{ | object.metadata",
        "\"bucket\"         | \"b\"                  | target.bucket",
        "\"aws:kms\"        | \"\"                   | object.encryption.algorithm",
        "\"checksummed\":true | \"checksummed\":1    | transfer.checksummed",
        "\"stored\":{       | \"stored\":[],\"x\":{  | stored",
        "\"FULL_OBJECT\"    | null                   | stored.checksum.type",
        "\"updatedAt\"      | \"u\"                  | updatedAt",
      })
  void namesTheFieldThatIsMissingOrMalformed(String part, String replacement, String field) {
    String whole = text(Entries.full("u-1"));
    String json = whole.replace(part, replacement);
    assertThat(json).isNotEqualTo(whole);

    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> JournalJson.read(json.getBytes(UTF_8)))
        .satisfies(e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void refusesADocumentThatEndsAnywhereInTheMiddle() {
    byte[] whole = JournalJson.write(Entries.full("u-1"));

    for (int length = 0; length < whole.length; length++) {
      byte[] torn = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(MalformedJsonException.class)
          .isThrownBy(() -> JournalJson.read(torn));
    }
  }
}
