package io.github.reelbeam.internal.json;

/**
 * A document is not what the contract says. The message names the field and never shows a value: it
 * may be a secret.
 */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  MalformedJsonException(String field, String problem) {
    super(field.isEmpty() ? problem : "the field " + field + " " + problem);
    this.field = field;
  }

  /** The field with its path, such as {@code credentials.SessionToken}; empty for the document. */
  public String field() {
    return field;
  }
}
