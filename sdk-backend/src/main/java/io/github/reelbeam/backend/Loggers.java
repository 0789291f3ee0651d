package io.github.reelbeam.backend;

/**
 * The names of this library's loggers, which backends set levels by: docs/observability.md says
 * what each of them logs.
 */
final class Loggers {
  /** Requests that fail through the backend's own fault. */
  static final String API = "io.github.reelbeam.backend.api";

  /** Assets that are not what the client has told, and what is cleaned up after them. */
  static final String ASSETS = "io.github.reelbeam.backend.assets";

  /** The backend's own credentials. */
  static final String CREDENTIALS = "io.github.reelbeam.backend.credentials";

  private Loggers() {}
}
