package io.github.reelbeam.internal.log;

/**
 * The names of all loggers: apps set levels by them, so they are as stable as the public API, and
 * docs/observability.md says what each of them logs. Not those of classes, which change when an app
 * is shrunk.
 *
 * <p>ERROR is a defect, here or in a part of the app's. WARN is for somebody to look at. INFO is a
 * few lines for an upload. DEBUG is a line for a part, a request, a run. TRACE is what interests
 * nobody else than who works on Reelbeam.
 */
public final class Loggers {
  /** Where an upload is: its start, its waits, its end. */
  public static final String UPLOAD = "io.github.reelbeam.upload";

  /** Runs, parts and their repetition. */
  public static final String TRANSFER = "io.github.reelbeam.transfer";

  /** Requests to the store and to the backend, one line each. */
  public static final String HTTP = "io.github.reelbeam.http";

  /** Grants and their renewal. */
  public static final String CREDENTIALS = "io.github.reelbeam.credentials";

  /** Telling the backend. */
  public static final String NOTIFY = "io.github.reelbeam.notify";

  /** What the journal finds on the disk. */
  public static final String JOURNAL = "io.github.reelbeam.journal";

  /** The app's listeners and its network policy, where they fail. */
  public static final String EVENTS = "io.github.reelbeam.events";

  private Loggers() {}
}
