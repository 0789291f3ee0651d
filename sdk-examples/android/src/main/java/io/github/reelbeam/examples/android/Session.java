package io.github.reelbeam.examples.android;

/** Who is signed in: an app has its own way to know that. */
final class Session {
  private Session() {}

  /** Asked before each request to the backend, and once more when the backend answers 401. */
  static String token() {
    return "the token of whoever is signed in";
  }
}
