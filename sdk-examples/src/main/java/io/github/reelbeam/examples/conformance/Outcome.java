package io.github.reelbeam.examples.conformance;

/** How a check ended. */
public enum Outcome {
  /** As the contract says. */
  PASS,
  /** It works, but less safely or kindly than it should. */
  ADVICE,
  /** It breaks the contract: clients, or what they promise to their users, break on it. */
  FAIL,
  /** Not carried out, because something that it needs is not there. */
  SKIPPED
}
