package io.github.reelbeam;

/**
 * Which uploads of a {@link VideoUploader} go first where they cannot all go at once. The order of
 * the constants is that of their rank.
 *
 * <p>It belongs to the upload in this process and is not in the journal: one that a later process
 * goes on with is {@link #NORMAL} unless its request asks for something else.
 */
public enum UploadPriority {
  /** After all others: what nobody waits for. */
  LOW,
  /** The default. */
  NORMAL,
  /** Before all others: what somebody looks at. */
  HIGH
}
