package io.github.reelbeam.examples.conformance;

import java.util.List;

/**
 * How all checks ended.
 *
 * @param findings in the order of the checks
 * @param leftBehind what the run stored and could not delete, as sentences
 */
public record Report(List<Finding> findings, List<String> leftBehind) {

  /** Copies the lists. */
  public Report {
    findings = List.copyOf(findings);
    leftBehind = List.copyOf(leftBehind);
  }

  /** Whether the backend keeps to the contract, as far as the checks went. */
  public boolean conforms() {
    return count(Outcome.FAIL) == 0;
  }

  /** How many checks ended so. */
  public long count(Outcome outcome) {
    return findings.stream().filter(finding -> finding.outcome() == outcome).count();
  }
}
