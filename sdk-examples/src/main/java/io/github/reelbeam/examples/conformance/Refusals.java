package io.github.reelbeam.examples.conformance;

import java.util.List;

/** Judges whether something was refused as the contract says. */
final class Refusals {
  private Refusals() {}

  /** Passes if the answer has this status and this code, and nothing in it that it should not. */
  static Verdict expect(Answer answer, int status, String code, String change) {
    return expect(answer, status, List.of(code), change);
  }

  static Verdict expect(Answer answer, int status, List<String> codes, String change) {
    String wanted = status + " " + String.join(" or ", codes);
    if (hasCredentials(answer)) {
      return Verdict.fail(
          answer.sent(), answer.inWords() + ", with credentials in the body", change);
    }
    if (answer.isSuccess()) {
      return Verdict.fail(answer.sent(), answer.inWords() + " instead of " + wanted, change);
    }
    if (answer.status() != status || !codes.contains(answer.code())) {
      return Verdict.fail(
          answer.sent(),
          answer.inWords() + ", where " + wanted + " is the answer",
          "Refuse it with " + wanted + " in a JSON object with code and message.");
    }
    return Verdict.pass(answer.sent(), answer.inWords());
  }

  private static boolean hasCredentials(Answer answer) {
    return answer.json().filter(json -> json.findValue("SecretAccessKey") != null).isPresent();
  }
}
