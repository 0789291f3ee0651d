package io.github.reelbeam.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A client asks for leave to upload, and gets credentials and a key. */
final class GrantChecks {
  private static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);
  private static final Duration LONGEST_SESSION = Duration.ofHours(12);

  private GrantChecks() {}

  static List<Check> list() {
    return List.of(
        new Check(
            "address.https",
            "The backend is spoken to by https",
            "The answers hold credentials, and everybody on the way could read them.",
            GrantChecks::https),
        new Check(
            "grant.status",
            "A grant is answered with 201",
            "Without a grant there is no upload.",
            GrantChecks::status),
        new Check(
            "grant.json",
            "A grant is a JSON object of the type application/json",
            "Proxies and client libraries go by the type.",
            GrantChecks::json),
        new Check(
            "grant.fields",
            "A grant has all its fields, well-formed",
            "A client refuses a grant in which one is missing or malformed.",
            GrantChecks::fields),
        new Check(
            "grant.expiration",
            "Expiration is in the future, in UTC and ISO 8601",
            "A client renews by it; if it is wrong, the credentials run out in the middle.",
            GrantChecks::expiration),
        new Check(
            "grant.session",
            "Credentials hold from 15 minutes to 12 hours",
            "Shorter ones cost a renewal every few parts, longer ones are worth stealing.",
            GrantChecks::session),
        new Check(
            "grant.date",
            "The answer has the header Date",
            "Clients judge Expiration by it, as the clock of a phone may be wrong by hours.",
            GrantChecks::date),
        new Check(
            "grant.no-store",
            "A grant has Cache-Control: no-store",
            "A cache that keeps it gives one user's credentials to another.",
            talk -> noStore(talk.grantAnswer.get())),
        new Check(
            "grant.key",
            "The key is the backend's own and does not carry the file's name",
            "File names are guessable, may be taken, and hold personal data.",
            GrantChecks::key),
        new Check(
            "grant.unique",
            "Two grants have two keys",
            "With the same key the second video overwrites the first.",
            GrantChecks::unique),
        new Check(
            "grant.unknown-fields",
            "Fields that the backend does not know are ignored",
            "A newer client may send more, and must not break on an older backend.",
            GrantChecks::unknownFields),
        new Check(
            "grant.file-name",
            "Any file name is taken, and none reaches the key",
            "Users name their files as they like, in all scripts and with slashes.",
            GrantChecks::fileName),
        new Check(
            "grant.long-body",
            "A request of 60,000 bytes is taken",
            "An app may have a lot of metadata; up to 65,536 bytes are to be read.",
            GrantChecks::longBody));
  }

  private static Verdict https(Talk talk) {
    String scheme = talk.target().base().getScheme().toLowerCase(Locale.ROOT);
    String host = talk.target().base().getHost();
    String sent = "requests by " + scheme + " to " + host;
    if (scheme.equals("https") || isLoopback(host)) {
      return Verdict.pass(sent, isLoopback(host) ? "they do not leave this machine" : "encrypted");
    }
    return Verdict.advice(
        sent, "readable to everybody on the way", "Serve the API by https, and by nothing else.");
  }

  // by name only: looking up others would say where they are now, not where clients find them
  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
  }

  private static Verdict status(Talk talk) throws NoAnswerException, InterruptedException {
    Answer answer = talk.askForGrant(talk.video().toString(), "");
    if (answer.isSuccess()) {
      talk.grantAnswer.set(answer);
    }
    return Statuses.expect(answer, 201);
  }

  private static Verdict json(Talk talk) {
    Answer answer = talk.grantAnswer.get();
    Optional<JsonNode> object = answer.json().filter(JsonNode::isObject);
    object.ifPresent(found -> talk.grantFields.set(new GrantFields(found, answer.date())));
    return jsonObject(answer, object.isPresent());
  }

  static Verdict jsonObject(Answer answer, boolean isObject) {
    String type = answer.mediaType();
    if (!isObject) {
      return Verdict.fail(
          answer.sent(),
          "a body that is no JSON object" + (type.isEmpty() ? "" : ", of the type " + type),
          "Answer with the grant as a JSON object.");
    }
    if (!type.equalsIgnoreCase("application/json")) {
      return Verdict.fail(
          answer.sent(),
          "JSON, but " + (type.isEmpty() ? "no Content-Type" : "Content-Type: " + type),
          "Send Content-Type: application/json.");
    }
    return Verdict.pass(answer.sent(), "a JSON object");
  }

  private static Verdict fields(Talk talk) {
    GrantFields fields = talk.grantFields.get();
    if (fields.problems().isEmpty()) {
      talk.grant.set(fields.grant());
      talk.isNewKey(fields.grant().key());
    }
    return wellFormed(talk.grantAnswer.get(), fields);
  }

  static Verdict wellFormed(Answer answer, GrantFields fields) {
    if (fields.problems().isEmpty()) {
      return Verdict.pass(answer.sent(), "all fields");
    }
    return Verdict.fail(
        answer.sent(),
        String.join("; ", fields.problems()),
        "Send {\"credentials\": {AccessKeyId, SecretAccessKey, SessionToken, Expiration, region,"
            + " bucket}, \"key\"}, spelt like this.");
  }

  private static Verdict expiration(Talk talk) {
    talk.grant.get();
    return future(talk.grantAnswer.get(), talk.grantFields.get());
  }

  static Verdict future(Answer answer, GrantFields fields) {
    String told = "Expiration " + fields.expiration();
    Optional<Duration> left = fields.validFor();
    if (left.isEmpty()) {
      return Verdict.fail(
          answer.sent(), told, "Write the time in UTC with a Z, such as 2026-01-31T12:00:00Z.");
    }
    if (left.get().isZero() || left.get().isNegative()) {
      return Verdict.fail(
          answer.sent(),
          told + ", which is past by the backend's own Date",
          "Send the Expiration that STS gave; look for a cache, for a clock that is wrong, and for"
              + " local time that is written as UTC.");
    }
    if (!fields.expiration().endsWith("Z")) {
      return Verdict.advice(
          answer.sent(), told, "Write the time in UTC with a Z, such as 2026-01-31T12:00:00Z.");
    }
    return Verdict.pass(answer.sent(), told);
  }

  private static Verdict session(Talk talk) {
    Answer answer = talk.grantAnswer.get();
    Duration left =
        talk.grantFields
            .get()
            .validFor()
            .filter(time -> !time.isNegative())
            .orElseThrow(() -> NotGivenException.by("grant.expiration"));
    String came = "credentials for " + left.toMinutes() + " min";
    // what the way here took is not held against STS's shortest
    if (left.plusMinutes(1).compareTo(SHORTEST_SESSION) < 0) {
      return Verdict.advice(answer.sent(), came, "Ask STS for an hour; it gives up to twelve.");
    }
    if (left.compareTo(LONGEST_SESSION.plusMinutes(1)) > 0) {
      return Verdict.advice(answer.sent(), came, "Ask STS for an hour: clients renew in time.");
    }
    return Verdict.pass(answer.sent(), came);
  }

  private static Verdict date(Talk talk) {
    Answer answer = talk.grantAnswer.get();
    return answer.date() != null
        ? Verdict.pass(answer.sent(), "Date: " + answer.header("Date"))
        : Verdict.advice(answer.sent(), "no Date that can be read", "Send the header Date.");
  }

  static Verdict noStore(Answer answer) {
    String control = answer.header("Cache-Control");
    return control.toLowerCase(Locale.ROOT).contains("no-store")
        ? Verdict.pass(answer.sent(), "Cache-Control: " + control)
        : Verdict.advice(
            answer.sent(),
            control.isEmpty() ? "no Cache-Control" : "Cache-Control: " + control,
            "Send Cache-Control: no-store with grants and renewals.");
  }

  private static Verdict key(Talk talk) {
    String key = talk.grant.get().key();
    String sent = "the file name " + talk.fileName();
    return key.contains(talk.stem())
        ? Verdict.fail(
            sent,
            "the key " + key,
            "Make the key of a prefix and a random UUID; of the name, keep the extension at most.")
        : Verdict.pass(sent, "the key " + key);
  }

  private static Verdict unique(Talk talk) throws NoAnswerException, InterruptedException {
    String first = talk.grant.get().key();
    Answer answer = talk.askForGrant(talk.video().toString(), "the same once more");
    String second = answer.json().map(json -> json.path("key").asText()).orElse("");
    if (!answer.isSuccess() || second.isEmpty()) {
      return Verdict.fail(answer.sent(), answer.inWords() + ", no key", "Give a grant each time.");
    }
    return talk.isNewKey(second)
        ? Verdict.pass(answer.sent(), "the keys " + first + " and " + second)
        : Verdict.fail(
            answer.sent(),
            "the key " + second + " once more",
            "Make up a key for each grant; asking twice for the same file is two uploads.");
  }

  private static Verdict unknownFields(Talk talk) throws NoAnswerException, InterruptedException {
    talk.grantAnswer.get();
    ObjectNode video = talk.video().put("ofANewerClient", true);
    video.putObject("alsoNew").put("a", 1);
    Answer answer = talk.askForGrant(video.toString(), "with the unknown field ofANewerClient");
    return taken(answer, "Ignore the fields of a request that you do not know.");
  }

  private static Verdict fileName(Talk talk) throws NoAnswerException, InterruptedException {
    talk.grantAnswer.get();
    String name = "../" + talk.stem() + "/\u00dcbung \"1\" \u6620\u753b \ud83c\udfac.MP4";
    ObjectNode video = talk.video().put("fileName", name);
    Answer answer = talk.askForGrant(video.toString(), "with the file name " + name);
    String key = answer.json().map(json -> json.path("key").asText()).orElse("");
    if (key.contains(talk.stem()) || key.contains("..") || key.contains("\u00dc")) {
      return Verdict.fail(
          answer.sent(),
          "the key " + key,
          "Let nothing of the name but a known extension into it.");
    }
    return taken(answer, "Take any text as a file name: it is for people to read, nothing more.");
  }

  private static Verdict longBody(Talk talk) throws NoAnswerException, InterruptedException {
    talk.grantAnswer.get();
    // white space: it is the length that is checked, and not what is in it
    String body = talk.video() + " ".repeat(60_000 - talk.video().toString().length());
    Answer answer = talk.askForGrant(body, "with " + body.length() + " bytes");
    return taken(answer, "Read requests of up to 65,536 bytes.");
  }

  private static Verdict taken(Answer answer, String change) {
    return answer.isSuccess()
        ? Verdict.pass(answer.sent(), answer.inWords())
        : Verdict.fail(answer.sent(), answer.inWords(), change);
  }
}
