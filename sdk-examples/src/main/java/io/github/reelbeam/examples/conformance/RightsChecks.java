package io.github.reelbeam.examples.conformance;

import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.examples.conformance.Store.Begun;
import io.github.reelbeam.examples.conformance.Store.Reply;
import java.util.List;
import java.util.UUID;

/**
 * The credentials are good for nothing else. A plain set-up with GetSessionToken cannot narrow them
 * to one key, so what is too wide here is advice; what is not temporary at all is a fault.
 */
final class RightsChecks {
  private static final String NARROW =
      "Narrow the credentials with a session policy (AssumeRole or GetFederationToken) that allows"
          + " s3:PutObject, s3:AbortMultipartUpload and s3:ListMultipartUploadParts on this one"
          + " key. GetSessionToken cannot do that.";

  private RightsChecks() {}

  static List<Check> list() {
    return List.of(
        new Check(
            "rights.temporary",
            "The access key is worth nothing without its session token",
            "Keys that work alone are long-lived ones, which nobody gets back.",
            RightsChecks::temporary),
        new Check(
            "rights.other-key",
            "The credentials cannot write to another key",
            "One user could overwrite the videos of all others.",
            RightsChecks::otherKey),
        new Check(
            "rights.read",
            "The credentials cannot read",
            "An upload needs no reading; stolen credentials would show the videos.",
            RightsChecks::read),
        new Check(
            "rights.delete",
            "The credentials cannot delete",
            "An upload needs no deleting; stolen credentials would empty the bucket.",
            RightsChecks::delete),
        new Check(
            "rights.list",
            "The credentials cannot list the bucket",
            "The keys of all users would be known.",
            RightsChecks::list));
  }

  private static Verdict temporary(Talk talk) throws NoAnswerException, InterruptedException {
    UploadGrant grant = talk.furtherGrant();
    String sent = "CreateMultipartUpload for " + grant.key() + " without the session token";
    try (Store store = Store.withoutSessionToken(grant, talk.target().timeout())) {
      Begun begun = store.create(grant.key());
      if (!begun.reply().isAllowed()) {
        return Verdict.pass(sent, begun.reply().inWords());
      }
      abort(talk, store, grant, begun);
      return Verdict.fail(
          sent,
          begun.reply().inWords(),
          "Never give out the backend's own keys: ask STS for temporary ones.");
    }
  }

  private static Verdict otherKey(Talk talk) throws NoAnswerException, InterruptedException {
    UploadGrant grant = talk.furtherGrant();
    // the first finds policies that end in a wildcard, the second those for the whole bucket
    String below = grant.key() + ".reelbeam-check";
    String elsewhere = "reelbeam-check-" + UUID.randomUUID();
    try (Store store = Store.of(grant, talk.target().timeout())) {
      Verdict first = probe("PUT to the key " + below, putAndDelete(talk, store, below));
      Verdict second = probe("PUT to the key " + elsewhere, putAndDelete(talk, store, elsewhere));
      return first.passed() ? second : first;
    }
  }

  private static Reply putAndDelete(Talk talk, Store store, String key) {
    Reply reply = store.put(key);
    if (reply.isAllowed() && !store.delete(key).isAllowed()) {
      talk.leave("an object of one byte with the key " + key);
    }
    return reply;
  }

  private static Verdict read(Talk talk) {
    VideoAsset stored = talk.inParts.get();
    try (Store store = Store.of(talk.grant.get(), talk.target().timeout())) {
      return probe("GET " + stored.key(), store.readFirstByte(stored.key()));
    }
  }

  private static Verdict delete(Talk talk) throws NoAnswerException, InterruptedException {
    // there is nothing under this key, so that nothing is lost if it is allowed
    UploadGrant grant = talk.furtherGrant();
    try (Store store = Store.of(grant, talk.target().timeout())) {
      return probe("DELETE " + grant.key(), store.delete(grant.key()));
    }
  }

  private static Verdict list(Talk talk) {
    UploadGrant grant = talk.grant.get();
    try (Store store = Store.of(grant, talk.target().timeout())) {
      return probe("ListObjects in " + grant.bucket(), store.list());
    }
  }

  private static Verdict probe(String sent, Reply reply) {
    if (reply.isAllowed()) {
      return Verdict.advice(sent, reply.inWords(), NARROW);
    }
    return reply.isRefused()
        ? Verdict.pass(sent, reply.inWords())
        : Verdict.advice(
            sent,
            reply.inWords() + ", which does not tell whether it is allowed",
            "See whether the store is well, then check again.");
  }

  /** Leaves no multipart upload behind, or says so. */
  static Reply abort(Talk talk, Store store, UploadGrant grant, Begun begun) {
    Reply reply = store.abort(grant.key(), begun.uploadId());
    if (!reply.isAllowed()) {
      talk.leave("an open multipart upload to " + grant.bucket() + "/" + grant.key());
    }
    return reply;
  }
}
