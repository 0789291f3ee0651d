package io.github.reelbeam.examples.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Carries out all checks against one backend. */
public final class BackendCheck {
  private BackendCheck() {}

  /**
   * Runs the {@link Checks}. The video is uploaded twice and stays, as grants cannot delete; the
   * report says what is left.
   *
   * @param listener is told of each finding as soon as it is there
   */
  public static Report run(Target target, Consumer<Finding> listener) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    try (Talk talk = new Talk(target)) {
      for (Check check : Checks.inOrder()) {
        Verdict verdict = verdict(check, talk).without(talk.secrets());
        Finding finding = new Finding(check.id(), check.expects(), check.why(), verdict);
        findings.add(finding);
        listener.accept(finding);
      }
      return new Report(findings, talk.leftBehind());
    }
  }

  private static Verdict verdict(Check check, Talk talk) throws InterruptedException {
    try {
      return check.step().check(talk);
    } catch (NotGivenException e) {
      return Verdict.skipped(String.valueOf(e.getMessage()));
    } catch (NoAnswerException e) {
      return Verdict.fail(
          e.sent(),
          String.valueOf(e.getMessage()),
          "Answer every request; is the backend running, and is the URL right?");
    } catch (RuntimeException e) {
      // a value that no client library takes, such as a region with spaces in it
      return Verdict.fail(
          "what the backend has answered so far, as a client uses it",
          e.toString(),
          "Look at the values of the grant.");
    }
  }
}
