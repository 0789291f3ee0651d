package io.github.reelbeam.internal.json;

/** A journal document was written by a newer Reelbeam, and means what this one cannot know. */
public final class NewerVersionException extends Exception {
  private static final long serialVersionUID = 1L;

  NewerVersionException(long found, int known) {
    super("the document has version " + found + ", this Reelbeam knows up to " + known);
  }
}
