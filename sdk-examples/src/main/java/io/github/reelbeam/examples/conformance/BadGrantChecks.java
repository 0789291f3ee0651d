package io.github.reelbeam.examples.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What no grant may be given for, and how that is said. */
final class BadGrantChecks {
  private static final long ABOVE_S3S_LIMIT = 1L << 60;
  private static final String A_LIMIT = "Set a limit, and refuse with 413 too_large.";

  private BadGrantChecks() {}

  static List<Check> list() {
    return List.of(
        new Check(
            "auth.required",
            "Requests without authorization are refused with 401 unauthorized",
            "Anybody could fill the bucket; and on a 401 a client asks the app for a fresh token.",
            BadGrantChecks::withoutAuthorization),
        new Check(
            "auth.wrong",
            "A token that the backend does not know is refused with 401 unauthorized",
            "On a 401 a client asks the app for a fresh token; other refusals end the upload.",
            BadGrantChecks::wrongToken),
        new Check(
            "grant.malformed",
            "A body that is no JSON is refused with 400 invalid_request",
            "A client takes a 5xx for a passing trouble and sends the same again and again.",
            talk -> invalid(talk, "{\"fileName\": \"holi", "a body that breaks off in the middle")),
        new Check(
            "grant.no-name",
            "A request without fileName is refused with 400 invalid_request",
            "Whoever writes a client learns of the mistake at once.",
            talk -> {
              ObjectNode video = talk.video();
              video.remove("fileName");
              return invalid(talk, video.toString(), "without fileName");
            }),
        new Check(
            "grant.no-size",
            "A request without size is refused with 400 invalid_request",
            "A limit on sizes that is passed by leaving the size out is none.",
            talk -> {
              ObjectNode video = talk.video();
              video.remove("size");
              return invalid(talk, video.toString(), "without size");
            }),
        new Check(
            "grant.bad-size",
            "A size below 1 is refused with 400 invalid_request",
            "It cannot be right, and is no number to compare a limit with.",
            talk -> invalid(talk, talk.video().put("size", -1).toString(), "with the size -1")),
        new Check(
            "grant.too-large",
            "A video that cannot be stored is refused with 413 too_large",
            "S3 takes 48.8 TiB; a policy can set no limit, so the backend is the one to do it.",
            BadGrantChecks::tooLarge),
        new Check(
            "grant.type",
            "What is no video is refused with 415 content_type_not_allowed",
            "A policy cannot limit the type; what nobody refuses is served to other users some"
                + " day.",
            BadGrantChecks::noVideo),
        new Check(
            "request.too-long",
            "A request of 2 MiB is refused with 413 too_large",
            "A backend that reads bodies of any length into memory is easy to bring down.",
            BadGrantChecks::tooLong));
  }

  private static Verdict withoutAuthorization(Talk talk)
      throws NoAnswerException, InterruptedException {
    talk.grantAnswer.get();
    if (talk.target().token() == null) {
      return Verdict.advice(
          "all requests without authorization",
          "they are answered",
          "Ask who it is before you give credentials away; then check with --token.");
    }
    Target.Paths paths = talk.target().paths();
    String how = "without authorization";
    String renewal = Bodies.renewal(unknownKey(), null).toString();
    List<Answer> answers =
        List.of(
            talk.post(paths.uploads(), talk.video().toString(), how, null, Map.of()),
            talk.post(paths.renewals(), renewal, how, null, Map.of()),
            talk.post(paths.video(), "{}", how, null, Map.of()));
    return answers.stream()
        .map(BadGrantChecks::unauthorized)
        .filter(verdict -> !verdict.passed())
        .findFirst()
        .orElse(Verdict.pass("all three requests " + how, "401 unauthorized"));
  }

  private static Verdict wrongToken(Talk talk) throws NoAnswerException, InterruptedException {
    talk.grantAnswer.get();
    if (talk.target().token() == null) {
      throw new NotGivenException("needs --token");
    }
    String path = talk.target().paths().uploads();
    String wrong = "wrong-" + UUID.randomUUID();
    return unauthorized(
        talk.post(path, talk.video().toString(), "with a wrong token", wrong, Map.of()));
  }

  private static Verdict unauthorized(Answer answer) {
    return Refusals.expect(
        answer, 401, "unauthorized", "Look at the authorization before anything else.");
  }

  private static Verdict invalid(Talk talk, String body, String what)
      throws NoAnswerException, InterruptedException {
    talk.grantAnswer.get();
    return Refusals.expect(
        talk.askForGrant(body, what),
        400,
        "invalid_request",
        "Check the request before you make credentials.");
  }

  private static Verdict tooLarge(Talk talk) throws NoAnswerException, InterruptedException {
    talk.grantAnswer.get();
    String video = talk.video().put("size", ABOVE_S3S_LIMIT).toString();
    Answer answer = talk.askForGrant(video, "with a size of 1 EiB");
    return orAdvice(answer, Refusals.expect(answer, 413, "too_large", A_LIMIT));
  }

  private static Verdict noVideo(Talk talk) throws NoAnswerException, InterruptedException {
    talk.grantAnswer.get();
    String video = talk.video().put("contentType", "application/x-msdownload").toString();
    Answer answer = talk.askForGrant(video, "with the type application/x-msdownload");
    return orAdvice(
        answer,
        Refusals.expect(
            answer,
            415,
            "content_type_not_allowed",
            "Say which types you take, and refuse the rest with 415 content_type_not_allowed."));
  }

  private static Verdict tooLong(Talk talk) throws InterruptedException {
    talk.grantAnswer.get();
    String body = talk.video() + " ".repeat(2 << 20);
    try {
      Answer answer = talk.askForGrant(body, "with 2 MiB");
      return orAdvice(answer, Refusals.expect(answer, 413, "too_large", A_LIMIT));
    } catch (NoAnswerException hungUp) {
      // who refuses before the body is read may close while it is still being sent
      return Verdict.pass(hungUp.sent(), "the connection was closed");
    }
  }

  /** A grant where there should be a refusal is no breach, as long as there are grants at all. */
  private static Verdict orAdvice(Answer answer, Verdict verdict) {
    return verdict.passed() || !answer.isSuccess()
        ? verdict
        : Verdict.advice(answer.sent(), "a grant", verdict.change());
  }

  static String unknownKey() {
    return "incoming/" + UUID.randomUUID() + ".mp4";
  }
}
