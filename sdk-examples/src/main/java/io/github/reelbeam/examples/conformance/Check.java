package io.github.reelbeam.examples.conformance;

/**
 * One thing that the contract says, and how to find out whether a backend keeps to it.
 *
 * @param id names the check in reports, such as {@code grant.status}
 * @param expects what the contract says, as a sentence
 * @param why what goes wrong otherwise
 * @param step finds out
 */
public record Check(String id, String expects, String why, Step step) {

  /** The part that talks to the backend. */
  @FunctionalInterface
  interface Step {
    /**
     * Finds out.
     *
     * @throws NotGivenException if something is missing that an earlier check should have got
     * @throws NoAnswerException if the backend gave no answer
     */
    Verdict check(Talk talk) throws NoAnswerException, InterruptedException;
  }

  /** Shows the id. */
  @Override
  public String toString() {
    return id;
  }
}
