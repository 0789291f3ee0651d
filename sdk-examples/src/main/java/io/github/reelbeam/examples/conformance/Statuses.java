package io.github.reelbeam.examples.conformance;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Judges whether something was taken with the status that the contract says. */
final class Statuses {
  private Statuses() {}

  static Verdict expect(Answer answer, int... allowed) {
    if (Arrays.stream(allowed).anyMatch(status -> status == answer.status())) {
      return Verdict.pass(answer.sent(), answer.inWords());
    }
    String wanted =
        Arrays.stream(allowed).mapToObj(String::valueOf).collect(Collectors.joining(" or "));
    return Verdict.fail(answer.sent(), answer.inWords(), change(answer, wanted));
  }

  private static String change(Answer answer, String wanted) {
    if (answer.isSuccess()) {
      return "Answer " + wanted + ".";
    }
    if (answer.isRedirect()) {
      return "Answer " + wanted + " under this very URL, or give clients the URL it leads to.";
    }
    return switch (answer.status()) {
      case 401, 403 -> "Is the token right, and may this user upload? Then answer " + wanted + ".";
      case 404, 405 -> "Is the URL the base that the paths are added to? Then serve this path.";
      default ->
          "Answer "
              + wanted
              + (answer.status() >= 500 ? "; the backend's log should say what failed." : ".");
    };
  }
}
