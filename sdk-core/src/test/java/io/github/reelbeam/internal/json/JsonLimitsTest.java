package io.github.reelbeam.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.journal.Entries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no document may be, whoever wrote it: a backend, a proxy, or another user of the disk. */
class JsonLimitsTest {
  private static String nested(int depth) {
    return "[".repeat(depth - 1) + "{}" + "]".repeat(depth - 1);
  }

  private static void read(String json) throws MalformedJsonException {
    Json.read(json.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"32, true", "33, false", "100000, false"})
  void documentsAreNestedUpToABound(int depth, boolean taken) {
    if (taken) {
      assertThatCode(() -> read(nested(depth))).doesNotThrowAnyException();
    } else {
      assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> read(nested(depth)));
    }
  }

  @ParameterizedTest
  @CsvSource({"100, true", "101, false", "1000000, false"})
  void numbersHaveUpToAHundredDigits(int digits, boolean taken) {
    String number = "[" + "9".repeat(digits) + "]";
    if (taken) {
      assertThatCode(() -> read(number)).doesNotThrowAnyException();
    } else {
      assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> read(number));
    }
  }

  @ParameterizedTest
  @CsvSource({"98, true", "99, false"})
  void fractionsAreNoWayAroundThat(int digits, boolean taken) {
    String number = "[0." + "9".repeat(digits) + "]";
    if (taken) {
      assertThatCode(() -> read(number)).doesNotThrowAnyException();
    } else {
      assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> read(number));
    }
  }

  @ParameterizedTest
  @CsvSource({"8192, true", "9000, false"})
  void namesOfFieldsHaveABound(int length, boolean taken) {
    String json = "{\"" + "n".repeat(length) + "\": 1}";
    if (taken) {
      assertThatCode(() -> read(json)).doesNotThrowAnyException();
    } else {
      assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> read(json));
    }
  }

  @ParameterizedTest
  @CsvSource({"262144, true", "262145, false"})
  void textsHaveABound(int length, boolean taken) {
    String json = "{\"t\": \"" + "t".repeat(length) + "\"}";
    if (taken) {
      assertThatCode(() -> read(json)).doesNotThrowAnyException();
    } else {
      assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> read(json));
    }
  }

  @ParameterizedTest
  @CsvSource({"1048576, true", "1048577, false"})
  void documentsHaveABound(int length, boolean taken) {
    String json = "{}" + " ".repeat(length - 2);
    if (taken) {
      assertThatCode(() -> read(json)).doesNotThrowAnyException();
    } else {
      assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> read(json));
    }
  }

  @Test
  void aJournalEntryHasTheSameBounds() {
    String entry = new String(JournalJson.write(Entries.full("u-1")), UTF_8);
    String deep = entry.replaceFirst("\\{", "{\"later\":" + nested(32) + ",");

    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> JournalJson.read(deep.getBytes(UTF_8)));
  }

  @Test
  void anErrorThatIsTooDeepExplainsNothing() {
    String json = "{\"code\": \"quota\", \"more\": " + nested(32) + "}";

    assertThat(ErrorJson.read(json.getBytes(UTF_8), text -> text))
        .isEqualTo(new ErrorJson(null, null));
  }
}
