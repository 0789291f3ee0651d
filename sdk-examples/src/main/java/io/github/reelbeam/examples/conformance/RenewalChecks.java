package io.github.reelbeam.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.examples.conformance.Store.Begun;
import io.github.reelbeam.examples.conformance.Store.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A client asks for fresh credentials to its key, in the middle of an upload. */
final class RenewalChecks {
  private RenewalChecks() {}

  static List<Check> list() {
    return List.of(
        new Check(
            "renewal.status",
            "A renewal is answered with 200",
            "Without it, no upload that takes longer than its credentials is ever done.",
            RenewalChecks::status),
        new Check(
            "renewal.fields",
            "A renewal has the form of a grant, with all its fields",
            "A client refuses it otherwise.",
            RenewalChecks::fields),
        new Check(
            "renewal.same-object",
            "A renewal is for the same key in the same bucket",
            "The parts that are stored belong to that key; with another one they are lost.",
            RenewalChecks::sameObject),
        new Check(
            "renewal.fresh",
            "Renewed credentials are new, and hold at least as long",
            "Who gets the old ones back asks again at once, and again.",
            RenewalChecks::fresh),
        new Check(
            "renewal.token",
            "A backend that gives renewal tokens gives one with each renewal",
            "The second renewal of a long upload would have none to show.",
            RenewalChecks::token),
        new Check(
            "renewal.no-store",
            "A renewal has Cache-Control: no-store",
            "A cache that keeps it gives old credentials, or another user's.",
            talk -> GrantChecks.noStore(talk.renewalAnswer.get())),
        new Check(
            "renewal.works",
            "A multipart upload goes on with renewed credentials",
            "That is what they are for: parts are sent, listed and aborted with them.",
            RenewalChecks::works));
  }

  private static Verdict status(Talk talk) throws NoAnswerException, InterruptedException {
    UploadGrant grant = talk.grant.get();
    Answer answer = talk.renew(grant.key(), grant.token(), "");
    if (answer.isSuccess()) {
      talk.renewalAnswer.set(answer);
    }
    return Statuses.expect(answer, 200);
  }

  private static Verdict fields(Talk talk) {
    Answer answer = talk.renewalAnswer.get();
    Optional<JsonNode> object = answer.json().filter(JsonNode::isObject);
    Verdict form = GrantChecks.jsonObject(answer, object.isPresent());
    if (object.isEmpty()) {
      return form;
    }
    GrantFields fields = new GrantFields(object.get(), answer.date());
    if (fields.problems().isEmpty()) {
      talk.renewed.set(fields.grant());
    }
    Verdict all = GrantChecks.wellFormed(answer, fields);
    Verdict end = GrantChecks.future(answer, fields);
    return !form.passed() ? form : all.passed() ? end : all;
  }

  private static Verdict sameObject(Talk talk) {
    UploadGrant first = talk.grant.get();
    UploadGrant second = talk.renewed.get();
    boolean same = first.key().equals(second.key()) && first.bucket().equals(second.bucket());
    String sent = "a renewal for " + first.bucket() + "/" + first.key();
    return same
        ? Verdict.pass(sent, "the same")
        : Verdict.fail(
            sent,
            "credentials for " + second.bucket() + "/" + second.key(),
            "Answer with the key that is asked for.");
  }

  private static Verdict fresh(Talk talk) {
    UploadGrant first = talk.grant.get();
    UploadGrant second = talk.renewed.get();
    String sent = talk.renewalAnswer.get().sent();
    Duration gained =
        Duration.between(first.credentials().expiration(), second.credentials().expiration());
    // Expiration is told in whole seconds
    if (gained.compareTo(Duration.ofSeconds(-2)) < 0) {
      return Verdict.fail(
          sent,
          "credentials that end " + gained.negated().toSeconds() + " s before the first ones",
          "Make new credentials, for as long as those of a grant.");
    }
    String id = second.credentials().accessKeyId();
    return id.equals(first.credentials().accessKeyId())
        ? Verdict.advice(
            sent, id + " once more", "Make new credentials; do not keep them in a cache.")
        : Verdict.pass(sent, id + " instead of " + first.credentials().accessKeyId());
  }

  private static Verdict token(Talk talk) {
    UploadGrant first = talk.grant.get();
    String sent = talk.renewalAnswer.get().sent();
    if (first.token() == null) {
      return Verdict.pass(sent, "neither the grant nor the renewal needs one");
    }
    return talk.renewed.get().token() != null
        ? Verdict.pass(sent, "a renewalToken")
        : Verdict.fail(
            sent, "no renewalToken", "Send renewalToken again: the same one, or a new one.");
  }

  private static Verdict works(Talk talk) throws NoAnswerException, InterruptedException {
    talk.renewed.get();
    UploadGrant old = talk.furtherGrant();
    Answer answer = talk.renew(old.key(), old.token(), "");
    UploadGrant fresh =
        answer
            .json()
            .map(json -> new GrantFields(json, answer.date()))
            .filter(fields -> fields.problems().isEmpty())
            .map(GrantFields::grant)
            .orElseThrow(() -> NotGivenException.by("renewal.fields"));
    Duration timeout = talk.target().timeout();
    try (Store before = Store.of(old, timeout);
        Store after = Store.of(fresh, timeout)) {
      Begun begun = before.create(old.key());
      if (!begun.reply().isAllowed()) {
        throw NotGivenException.by("upload.parts");
      }
      Map<String, Reply> replies = new LinkedHashMap<>();
      replies.put("UploadPart", after.uploadPart(old.key(), begun.uploadId()));
      replies.put("ListParts", after.listParts(old.key(), begun.uploadId()));
      Reply aborted = after.abort(old.key(), begun.uploadId());
      replies.put("AbortMultipartUpload", aborted);
      if (!aborted.isAllowed()) {
        RightsChecks.abort(talk, before, old, begun);
      }
      return allAllowed(replies);
    }
  }

  private static Verdict allAllowed(Map<String, Reply> replies) {
    String sent = String.join(", ", replies.keySet()) + " with renewed credentials";
    String refused =
        replies.entrySet().stream()
            .filter(entry -> !entry.getValue().isAllowed())
            .map(entry -> entry.getKey() + ": " + entry.getValue().inWords())
            .collect(Collectors.joining(", "));
    return refused.isEmpty()
        ? Verdict.pass(sent, "all allowed")
        : Verdict.fail(
            sent, refused, "Make the credentials of a renewal as those of a grant are made.");
  }
}
