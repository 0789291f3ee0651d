package io.github.reelbeam.examples.conformance;

/**
 * A check and how it ended.
 *
 * @param id of the check
 * @param expects what the contract says, as a sentence
 * @param why what goes wrong otherwise
 * @param verdict how it ended; no secret is in it
 */
public record Finding(String id, String expects, String why, Verdict verdict) {

  /** How it ended. */
  public Outcome outcome() {
    return verdict.outcome();
  }
}
