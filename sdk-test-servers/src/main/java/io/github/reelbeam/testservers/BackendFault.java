package io.github.reelbeam.testservers;

import java.time.Duration;
import java.util.Map;

/** What goes wrong with one request to an {@link EmbeddedBackend}. */
public sealed interface BackendFault {

  /** Nothing goes wrong. */
  record None() implements BackendFault {}

  /**
   * The client gets this answer.
   *
   * @param afterEffect whether the request takes effect before
   */
  record Answer(int status, Map<String, String> headers, String body, boolean afterEffect)
      implements BackendFault {}

  /**
   * The connection ends without an answer.
   *
   * @param afterEffect whether the request takes effect before
   */
  record HangUp(boolean afterEffect) implements BackendFault {}

  /** Nothing goes wrong. */
  static BackendFault none() {
    return new None();
  }

  /** An answer in place of the effect. */
  static BackendFault answer(int status) {
    return answer(status, "{\"code\":\"scripted\",\"message\":\"scripted failure\"}");
  }

  /** An answer in place of the effect, with a body of its own. */
  static BackendFault answer(int status, String body) {
    return new Answer(status, Map.of(), body, false);
  }

  /** The request takes effect, but the client is told otherwise. */
  static BackendFault answerAfterEffect(int status) {
    return new Answer(status, Map.of(), "{}", true);
  }

  /** 503 with Retry-After, in whole seconds. */
  static BackendFault retryAfter(Duration wait) {
    return new Answer(
        503, Map.of("Retry-After", Long.toString(wait.toSeconds())), "{\"code\":\"busy\"}", false);
  }

  /** The connection ends before anything happened. */
  static BackendFault hangUp() {
    return new HangUp(false);
  }

  /** The request takes effect, but the answer never arrives. */
  static BackendFault hangUpAfterEffect() {
    return new HangUp(true);
  }
}
