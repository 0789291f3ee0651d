package io.github.reelbeam.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import okhttp3.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameAnswerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'id': 1, 'a': 2}      | {'a': 2, 'id': 1}          | PASS   | the same answer",
        "\"\"                   | \"\"                       | PASS   | no body, both times",
        "{'id': 1}              | {'id': 2}                  | FAIL   | another id",
        "{'asset': {'id': 1}}   | {'asset': {'id': 2}}       | FAIL   | another asset.id",
        "{'videoId': 1}         | {'videoId': 2}             | FAIL   | another videoId",
        "{'id': 1}              | {}                         | FAIL   | another id",
        "{'requestId': 1}       | {'requestId': 2}           | ADVICE | another requestId",
        "{'at': 1}              | {'at': 2, 'new': 3}        | ADVICE | another at, new",
        "{'paid': 1}            | {'paid': 2}                | ADVICE | another paid",
        "{'id': 1}              | \"\"                       | ADVICE | another body"
      })
  void anotherIdentityIsAFaultAndAnythingElseIsAdvice(
      String first, String second, Outcome outcome, String came) {
    Verdict verdict = SameAnswer.of(answer(first), answer(second), "twice");

    assertThat(verdict.outcome()).isEqualTo(outcome);
    assertThat(verdict.came()).isEqualTo(came);
  }

  private static Answer answer(String json) {
    String body = json.replace('\'', '"');
    return new Answer("", 200, Headers.of(), body, Duration.ZERO, true);
  }
}
