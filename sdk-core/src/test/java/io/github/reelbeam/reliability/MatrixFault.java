package io.github.reelbeam.reliability;

import static io.github.reelbeam.Servers.MIB;

import io.github.reelbeam.testservers.Fault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What can go wrong with a request that reaches somebody: the rows of the fault matrix. */
@SuppressWarnings("ImmutableEnumChecker") // its functions keep no state
enum MatrixFault {
  INTERNAL_ERROR("500", s -> error(s, 500, "InternalError")),
  ERROR_AFTER_EFFECT(
      "500, though it has taken effect",
      s -> new Fault.AnswerAfterEffect(error(s, 500, "InternalError"))),
  SLOW_DOWN("503 SlowDown, Retry-After 1", s -> Fault.slowDown(Duration.ofSeconds(1))),
  TOO_MANY("429", s -> error(s, 429, "TooManyRequests")),
  TIMEOUT(
      "400 RequestTimeout; backend: 408",
      s -> error(s, s.isAtStore() ? 400 : 408, "RequestTimeout")),
  DENIED("403 AccessDenied", s -> error(s, 403, "AccessDenied")),
  UNAUTHORIZED("401", s -> error(s, 401, "Unauthorized")),
  EXPIRED_400("400 ExpiredToken", MatrixStage::isAtStore, s -> Fault.expiredToken(400)),
  EXPIRED_403("403 ExpiredToken", MatrixStage::isAtStore, s -> Fault.expiredToken(403)),
  SKEWED_400(
      "400 RequestTimeTooSkewed",
      MatrixStage::isAtStore,
      s -> Fault.requestTimeTooSkewed(400, Instant.now())),
  SKEWED_403(
      "403 RequestTimeTooSkewed",
      MatrixStage::isAtStore,
      s -> Fault.requestTimeTooSkewed(403, Instant.now())),
  NOT_FOUND(
      "404; store: NoSuchUpload",
      // the store's last word on an abort: it has nothing to abort
      s -> s != MatrixStage.ABORT,
      s -> error(s, 404, "NoSuchUpload")),
  OK_WITH_ERROR(
      "200 with an error in the body",
      // the contract: whatever JSON comes with a 200, the backend has taken the notification
      s -> s != MatrixStage.NOTIFICATION,
      s -> error(s, 200, "InternalError")),
  PORTAL_200("captive portal: 200 and a page", s -> portal(200)),
  PORTAL_302("captive portal: 302", s -> portal(302)),
  PORTAL_511("captive portal: 511", s -> portal(511)),
  GARBAGE("an answer that is no HTTP", s -> Fault.garbage()),
  CUT_HEAD("the answer breaks off in its head", s -> Fault.cutHead()),
  CUT_ANSWER(
      "the answer breaks off in its body",
      MatrixStage::hasAnswerBody,
      s -> new Fault.TruncateResponse(20)),
  SLOW_ANSWER("the answer drips, 200 bytes a second", s -> new Fault.SlowResponse(200)),
  ANSWER_LOST("the answer is lost", s -> new Fault.DropResponse()),
  NO_ANSWER("the answer never comes", s -> new Fault.StallResponse()),
  RESET(
      "reset in the body",
      MatrixStage::hasBody,
      s -> new Fault.ResetAfter(s == MatrixStage.PART ? MIB : 10)),
  STALL(
      "stall in the body",
      MatrixStage::hasBody,
      s -> new Fault.StallAfter(s == MatrixStage.PART ? MIB : 10)),
  DUPLICATE("a box on the way sends it twice", s -> new Fault.Duplicate()),
  OVERTAKEN("another answer overtakes it", s -> new Fault.HoldAnswer(Duration.ofMillis(300)));

  private final String title;
  private final Predicate<MatrixStage> applies;
  private final Function<MatrixStage, Fault> fault;

  MatrixFault(String title, Function<MatrixStage, Fault> fault) {
    this(title, stage -> true, fault);
  }

  MatrixFault(String title, Predicate<MatrixStage> applies, Function<MatrixStage, Fault> fault) {
    this.title = title;
    this.applies = applies;
    this.fault = fault;
  }

  /** What the row is headed by. */
  String title() {
    return title;
  }

  /** Whether it may leave a multipart upload open that only the backend can find and abort. */
  boolean mayLeaveLeftovers(MatrixStage stage) {
    return stage == MatrixStage.CREATE || losesParts();
  }

  /** Whether it says that what is stored is gone. */
  boolean losesParts() {
    return this == NOT_FOUND;
  }

  /** What it is at a stage, if there it can be. */
  Optional<Fault> at(MatrixStage stage) {
    return applies.test(stage) ? Optional.of(fault.apply(stage)) : Optional.empty();
  }

  private static Fault.Answer error(MatrixStage stage, int status, String code) {
    if (!stage.isAtStore()) {
      return Fault.backendError(status, "scripted", code);
    }
    return Fault.s3Error(status, code, "scripted");
  }

  private static Fault portal(int status) {
    return Fault.captivePortal(status, URI.create("http://127.0.0.1:9/login"));
  }
}
