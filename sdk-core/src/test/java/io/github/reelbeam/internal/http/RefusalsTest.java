package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.internal.json.ErrorJson;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalsTest {
  private static final String URL = "https://api.example.com/api/v1/uploads";
  private static final ErrorJson SILENT = new ErrorJson(null, null);

  private final Refusals refusals = new Refusals(URL);

  private static BackendAnswer answer(int status, @Nullable String location) {
    return new BackendAnswer(status, new byte[0], false, null, null, location, "request-1");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException("refused"), " could not be reached (3 attempts, last "),
        Arguments.of(new EOFException("cut off"), " gave no whole answer (3 attempts, last "));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tellsABackendThatIsAwayFromOneThatBrokeOff(IOException failure, String words) {
    BackendException refused = refusals.unanswered(3, failure);

    assertThat(refused)
        .hasMessage(URL + words + failure + "); resume when the backend can be reached")
        .hasCause(failure);
    assertThat(refused.status()).isZero();
    assertThat(refused.isResumable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0,    '(1 attempt); resume later'",
    "6, 0,    '(6 attempts); resume later'",
    "6, 7999, '(6 attempts); resume in 7 seconds, as it asks'"
  })
  void saysHowOftenItWasTriedAndWhenToComeBack(int attempts, long hintMillis, String words) {
    BackendException refused =
        refusals.stillRefused(attempts, answer(503, null), SILENT, Duration.ofMillis(hintMillis));

    assertThat(refused).hasMessage(URL + " answered 503 " + words);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.requestId()).isEqualTo("request-1");
    assertThat(refused.isResumable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "     ,         , 409",
    "quota,         , 409 quota",
    "     , Too much, 409 (Too much)",
    "quota, Too much, 409 quota (Too much)"
  })
  void quotesWhatTheBackendSays(@Nullable String code, @Nullable String message, String words) {
    BackendException refused =
        refusals.finalAnswer(answer(409, null), new ErrorJson(code, message));

    assertThat(refused)
        .hasMessage(
            "%s answered %s; it will not take this request later either: look at the request and"
                    .formatted(URL, words)
                + " the backend");
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.isResumable()).isFalse();
  }

  @Test
  void anAuthorizationThatIsRefusedIsResumable() {
    BackendException refused = refusals.finalAnswer(answer(401, null), SILENT);

    assertThat(refused)
        .hasMessage(URL + " answered 401; resume with an authorization that it accepts");
    assertThat(refused.isResumable()).isTrue();
  }

  /** The rest of the URL may be a ticket. */
  @ParameterizedTest
  @CsvSource({
    "https://login.example:8443/x?ticket=1, ' (https://login.example)'",
    "/elsewhere,                            ''",
    "mailto:a@b.example,                    ''",
    "https://a b/,                          ''",
    ",                                      ''"
  })
  void showsOfARedirectOnlySchemeAndHost(@Nullable String location, String shown) {
    assertThat(refusals.finalAnswer(answer(302, location), SILENT))
        .hasMessage(
            URL
                + " answered 302; redirects are not followed: configure the URL it leads to"
                + shown);
  }

  @Test
  void anAnswerThatIsTooLongIsRefusedForGood() {
    BackendException refused = refusals.tooLong(answer(200, null));

    assertThat(refused).hasMessageContaining("answered 200 with more than 1 MiB");
    assertThat(refused.isResumable()).isFalse();
  }
}
