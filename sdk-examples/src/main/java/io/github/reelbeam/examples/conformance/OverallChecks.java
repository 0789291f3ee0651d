package io.github.reelbeam.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What goes for all answers: looked at last, over everything that came. */
final class OverallChecks {
  /** How long a client waits for the next byte. */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

  private OverallChecks() {}

  static List<Check> list() {
    return List.of(
        new Check(
            "errors.shape",
            "Every refusal is a JSON object with a code and a message",
            "The code is what apps decide by, and the message is what their users read.",
            OverallChecks::shape),
        new Check(
            "errors.secrets",
            "No refusal repeats a secret",
            "Messages of errors get into logs and onto screens.",
            OverallChecks::noSecrets),
        new Check(
            "errors.retry-after",
            "429 and 503 come with Retry-After",
            "Without it clients guess when to come back, all at about the same time.",
            OverallChecks::retryAfter),
        new Check(
            "other.method",
            "GET is not taken for POST",
            "Browsers, crawlers and caches send GET by themselves.",
            OverallChecks::method),
        new Check(
            "other.path",
            "A path that is not there is not answered with success",
            "A typing mistake in a configured path would look like an upload.",
            OverallChecks::path),
        new Check(
            "other.time",
            "Every answer comes within 10 seconds",
            "That is how long a client waits for the next byte.",
            OverallChecks::time));
  }

  private static Verdict shape(Talk talk) {
    Optional<Answer> bad =
        refusals(talk)
            .filter(
                answer ->
                    answer.json().filter(JsonNode::isObject).isEmpty()
                        || !isText(answer, "code")
                        || !isText(answer, "message"))
            .findFirst();
    return bad.map(
            answer ->
                Verdict.fail(
                    answer.sent(),
                    answer.inWords() + (answer.message().isEmpty() ? ", without a message" : ""),
                    "Send {\"code\": \"...\", \"message\": \"...\"} with every refusal, also with"
                        + " those that a framework or a gateway makes by itself."))
        .orElseGet(() -> Verdict.pass(count(talk) + " refusals", "each with code and message"));
  }

  private static boolean isText(Answer answer, String field) {
    return answer.json().filter(json -> !json.path(field).asText("").isBlank()).isPresent();
  }

  private static Verdict noSecrets(Talk talk) {
    return refusals(talk)
        .filter(answer -> talk.secrets().isIn(answer.body()))
        .findFirst()
        .map(
            answer ->
                Verdict.fail(
                    answer.sent(),
                    answer.status() + " with a token or a key in its body",
                    "Say what is wrong without repeating what was sent."))
        .orElseGet(() -> Verdict.pass(count(talk) + " refusals", "no secret in them"));
  }

  private static Verdict retryAfter(Talk talk) {
    Predicate<Answer> busy = answer -> answer.status() == 429 || answer.status() == 503;
    return talk.wire().answers().stream()
        .filter(busy.and(answer -> answer.header("Retry-After").isBlank()))
        .findFirst()
        .map(
            answer ->
                Verdict.advice(
                    answer.sent(),
                    answer.status() + " without Retry-After",
                    "Send Retry-After with the seconds to wait."))
        .orElseGet(
            () ->
                Verdict.pass(
                    "all requests",
                    talk.wire().answers().stream().filter(busy).count() + " such answers"));
  }

  private static Verdict method(Talk talk) throws NoAnswerException {
    talk.grantAnswer.get();
    Target target = talk.target();
    return notTaken(
        talk.wire()
            .stray(
                "GET",
                target.paths().uploads(),
                "which is no method of the contract",
                talk.authorized(target.token())),
        "Answer 405 or 404.");
  }

  private static Verdict path(Talk talk) throws NoAnswerException {
    talk.grantAnswer.get();
    Target target = talk.target();
    return notTaken(
        talk.wire()
            .stray(
                "POST",
                target.paths().uploads() + "/reelbeam-check/none",
                "which is no path of the contract",
                talk.authorized(target.token())),
        "Answer 404.");
  }

  private static Verdict notTaken(Answer answer, String change) {
    if (answer.isSuccess() || answer.isRedirect()) {
      return Verdict.fail(answer.sent(), answer.inWords(), change);
    }
    return answer.status() >= 500
        ? Verdict.advice(answer.sent(), answer.inWords(), change)
        : Verdict.pass(answer.sent(), String.valueOf(answer.status()));
  }

  private static Verdict time(Talk talk) {
    Answer slowest =
        talk.wire().answers().stream()
            .max(Comparator.comparing(Answer::took))
            .orElseThrow(() -> NotGivenException.by("grant.status"));
    String came = "an answer after " + slowest.took().toMillis() + " ms, the slowest";
    return slowest.took().compareTo(LONGEST_ANSWER) > 0
        ? Verdict.advice(slowest.sent(), came, "Answer sooner, and do the rest afterwards.")
        : Verdict.pass(slowest.sent(), came);
  }

  private static Stream<Answer> refusals(Talk talk) {
    return talk.wire().answers().stream()
        .filter(Answer::ofContract)
        .filter(answer -> answer.status() >= 400);
  }

  private static long count(Talk talk) {
    return refusals(talk).count();
  }
}
