package io.github.reelbeam.internal.json;

import io.github.reelbeam.internal.text.OneLine;

/**
 * A document is not what the contract says. The message names the field and never shows a value: it
 * may be a secret.
 */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 200;

  private final String field;

  MalformedJsonException(String field, String problem) {
    // names are the other side's own words too
    super(
        field.isEmpty()
            ? problem
            : "the field " + OneLine.of(field, LONGEST) + " " + OneLine.of(problem, LONGEST));
    this.field = field;
  }

  /** The field with its path, such as {@code credentials.SessionToken}; empty for the document. */
  public String field() {
    return field;
  }
}
