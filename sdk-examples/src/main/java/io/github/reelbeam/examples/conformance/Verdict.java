package io.github.reelbeam.examples.conformance;

/**
 * What a check found, in plain words.
 *
 * @param sent what the backend or the store was asked
 * @param came what came of it
 * @param change what to change; empty if nothing
 */
public record Verdict(Outcome outcome, String sent, String came, String change) {

  static Verdict pass(String sent, String came) {
    return new Verdict(Outcome.PASS, sent, came, "");
  }

  static Verdict fail(String sent, String came, String change) {
    return new Verdict(Outcome.FAIL, sent, came, change);
  }

  static Verdict advice(String sent, String came, String change) {
    return new Verdict(Outcome.ADVICE, sent, came, change);
  }

  static Verdict skipped(String why) {
    return new Verdict(Outcome.SKIPPED, "", why, "");
  }

  boolean passed() {
    return outcome == Outcome.PASS;
  }

  Verdict without(Secrets secrets) {
    return new Verdict(outcome, secrets.hideIn(sent), secrets.hideIn(came), secrets.hideIn(change));
  }
}
