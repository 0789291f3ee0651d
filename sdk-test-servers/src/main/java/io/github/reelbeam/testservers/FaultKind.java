package io.github.reelbeam.testservers;

import io.github.reelbeam.testservers.RequestHead.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The ways in which a request through a {@link FaultProxy} goes wrong, by name: what {@link
 * RandomFaults} draws from, and what a table of faults and requests is made of.
 */
public enum FaultKind {
  /** The connection is reset in the middle of the body. */
  RESET_IN_BODY(3, Scope.WITH_BODY),

  /** The connection takes no more bytes from the middle of the body on. */
  STALL_IN_BODY(1, Scope.WITH_BODY),

  /** The body takes about half a second. */
  SLOW_BODY(1, Scope.WITH_BODY),

  /** It arrives up to a fifth of a second late. */
  DELAY(2, Scope.ANY),

  /** Another request overtakes it, if one ends within 300 ms. */
  HOLD_REQUEST(1, Scope.ANY),

  /** Another answer overtakes its own, if one ends within 300 ms. */
  HOLD_ANSWER(1, Scope.ANY),

  /** It reaches the server twice. */
  DUPLICATE(2, Scope.ANY),

  /** It takes effect, and the connection is reset in the place of an answer. */
  DROP_ANSWER(3, Scope.ANY),

  /** It takes effect, and the answer never comes. */
  STALL_ANSWER(1, Scope.ANY),

  /** It takes effect, and the answer ends after less than 100 bytes of its body. */
  TRUNCATE_ANSWER(2, Scope.WITH_ANSWER_BODY),

  /** It takes effect, and the answer comes at 2,000 bytes a second. */
  SLOW_ANSWER(1, Scope.ANY),

  /** The answer is no HTTP. */
  GARBAGE(1, Scope.ANY),

  /** The answer ends within its status line. */
  CUT_HEAD(1, Scope.ANY),

  /** The network wants somebody to log in: 200, 302 or 511 with a page. */
  CAPTIVE_PORTAL(1, Scope.ANY),

  /** 500. */
  INTERNAL_ERROR(3, Scope.ANY),

  /** It takes effect, and the answer is 500. */
  INTERNAL_ERROR_AFTER_EFFECT(2, Scope.ANY),

  /** 200 with an error in the body. */
  OK_WITH_ERROR(2, Scope.COMPLETE),

  /** It takes effect, and the answer is 200 with an error in the body. */
  OK_WITH_ERROR_AFTER_EFFECT(1, Scope.COMPLETE),

  /** 503 with a Retry-After of a second. */
  SLOW_DOWN(1, Scope.ANY),

  /** ExpiredToken, with 400 or 403. */
  EXPIRED_TOKEN(1, Scope.STORE),

  /** RequestTimeTooSkewed, with 400 or 403 and the right time. */
  CLOCK_SKEW(1, Scope.STORE),

  /** 403 AccessDenied. */
  ACCESS_DENIED(0, Scope.STORE),

  /** 404 NoSuchUpload, upon which an upload starts over. */
  NO_SUCH_UPLOAD(0, Scope.OPEN_UPLOAD),

  /** 401 of the app's backend. */
  UNAUTHORIZED(0, Scope.BACKEND);

  /** The requests that can go wrong in a way. */
  private enum Scope {
    ANY,
    WITH_BODY,
    WITH_ANSWER_BODY,
    COMPLETE,
    STORE,
    OPEN_UPLOAD,
    BACKEND
  }

  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration LATER = Duration.ofSeconds(1);
  private static final URI LOGIN = URI.create("http://127.0.0.1:9/login");
  private static final int[] PORTAL_STATUSES = {200, 302, 511};

  private final int usualWeight;
  private final Scope scope;

  FaultKind(int usualWeight, Scope scope) {
    this.usualWeight = usualWeight;
    this.scope = scope;
  }

  /**
   * How often {@link RandomFaults} draws it among others, unless told otherwise; 0 for what an
   * upload rightly fails on or starts over, however often it tries.
   */
  public int usualWeight() {
    return usualWeight;
  }

  /** Whether such a request can go wrong in this way. */
  public boolean suits(Kind request) {
    boolean store = request != Kind.OTHER && !request.isForBackend();
    return switch (scope) {
      case ANY -> true;
      case WITH_BODY ->
          request == Kind.PART
              || request == Kind.PUT
              || request == Kind.COMPLETE
              || request.isForBackend();
      case WITH_ANSWER_BODY -> request != Kind.PART && request != Kind.PUT && request != Kind.ABORT;
      case COMPLETE -> request == Kind.COMPLETE;
      case STORE -> store;
      case OPEN_UPLOAD -> store && request != Kind.CREATE && request != Kind.PUT;
      case BACKEND -> request.isForBackend();
    };
  }

  /**
   * The fault for one request.
   *
   * @param random decides what is left open, such as the byte at which a connection ends
   */
  public Fault of(RequestHead head, RandomGenerator random) {
    boolean backend = head.kind().isForBackend();
    long length = head.contentLength().orElse(0);
    return switch (this) {
      case RESET_IN_BODY -> new Fault.ResetAfter(random.nextLong(length + 1));
      case STALL_IN_BODY -> new Fault.StallAfter(random.nextLong(length + 1));
      case SLOW_BODY -> new Fault.LimitRate(2 * length + 1);
      case DELAY -> new Fault.Delay(Duration.ofMillis(random.nextInt(1, 200)));
      case HOLD_REQUEST -> new Fault.HoldRequest(SOON);
      case HOLD_ANSWER -> new Fault.HoldAnswer(SOON);
      case DUPLICATE -> new Fault.Duplicate();
      case DROP_ANSWER -> new Fault.DropResponse();
      case STALL_ANSWER -> new Fault.StallResponse();
      case TRUNCATE_ANSWER -> new Fault.TruncateResponse(random.nextInt(100));
      case SLOW_ANSWER -> new Fault.SlowResponse(2000);
      case GARBAGE -> Fault.garbage();
      case CUT_HEAD -> Fault.cutHead();
      case CAPTIVE_PORTAL ->
          Fault.captivePortal(PORTAL_STATUSES[random.nextInt(PORTAL_STATUSES.length)], LOGIN);
      case INTERNAL_ERROR -> internalError(backend);
      case INTERNAL_ERROR_AFTER_EFFECT -> new Fault.AnswerAfterEffect(internalError(backend));
      case OK_WITH_ERROR -> Fault.okWithError();
      case OK_WITH_ERROR_AFTER_EFFECT -> Fault.okWithErrorAfterEffect();
      case SLOW_DOWN -> backend ? Fault.backendBusy(LATER) : Fault.slowDown(LATER);
      case EXPIRED_TOKEN -> Fault.expiredToken(random.nextBoolean() ? 400 : 403);
      case CLOCK_SKEW ->
          // The time is the one thing that is not the same when a run is played again.
          Fault.requestTimeTooSkewed(random.nextBoolean() ? 400 : 403, Instant.now());
      case ACCESS_DENIED -> Fault.accessDenied();
      case NO_SUCH_UPLOAD -> Fault.noSuchUpload();
      case UNAUTHORIZED -> Fault.backendError(401, "unauthorized", "scripted");
    };
  }

  private static Fault.Answer internalError(boolean backend) {
    return backend
        ? Fault.backendError(500, "internal_error", "scripted")
        : Fault.s3Error(500, "InternalError", Fault.INTERNAL_ERROR);
  }
}
