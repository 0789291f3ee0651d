package io.github.reelbeam.examples.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.credentials.UploadGrant;
import java.util.List;
import java.util.Map;

/** What is no asset, although a client says so. */
final class BadNotificationChecks {
  private static final String COMPARE =
      "Ask the store (HEAD) for size, checksum and ETag, compare them with what you are told, and"
          + " answer 409 asset_mismatch if one differs.";
  private static final String UNIQUE =
      "Have a unique constraint on the upload id and one on the key, and answer 409"
          + " upload_conflict.";

  private BadNotificationChecks() {}

  /** Those that come before the video is told of as it is. */
  static List<Check> before() {
    return List.of(
        new Check(
            "notification.too-early",
            "The notification of an object that is not there is refused with 404 asset_not_found",
            "A client that did not see the end of its upload asks this way; on this code it sends"
                + " the video again.",
            BadNotificationChecks::tooEarly),
        new Check(
            "notification.size",
            "The notification of another size is refused with 409 asset_mismatch",
            "A client that lies of its size, or was cut off, would have an asset.",
            BadNotificationChecks::size),
        new Check(
            "notification.content",
            "The notification of another ETag and checksum is refused with 409 asset_mismatch",
            "A video that was damaged, or overwritten, would be an asset.",
            BadNotificationChecks::content),
        new Check(
            "notification.malformed",
            "A notification that is no JSON is refused with 400 invalid_request",
            "A client takes a 5xx for a passing trouble and sends the same again and again.",
            BadNotificationChecks::malformed));
  }

  /** Those that come after it. */
  static List<Check> after() {
    return List.of(
        new Check(
            "notification.other-key",
            "An upload id that comes with another key is refused with 409 upload_conflict",
            "Which of the two videos is the asset would be left to chance.",
            BadNotificationChecks::otherKey),
        new Check(
            "notification.other-id",
            "A key that comes with another upload id is refused with 409 upload_conflict",
            "One video would be two assets.",
            BadNotificationChecks::otherId),
        new Check(
            "notification.other-user",
            "The notification of another user's upload is refused with 403 forbidden",
            "Users could take the videos of others.",
            BadNotificationChecks::otherUser));
  }

  private static Verdict tooEarly(Talk talk) throws NoAnswerException, InterruptedException {
    UploadGrant grant = talk.furtherGrant();
    VideoAsset unseen =
        new VideoAsset(
            UploadId.random(),
            grant.bucket(),
            grant.key(),
            grant.region(),
            talk.video().path("size").asLong(),
            talk.target().contentType(),
            "",
            null,
            talk.fileName(),
            Map.of(),
            false,
            "");
    return Refusals.expect(
        talk.tell(Bodies.notification(unseen), "for a key under which nothing is stored"),
        404,
        "asset_not_found",
        "Look for the object (HEAD) before you make an asset of it.");
  }

  private static Verdict size(Talk talk) throws NoAnswerException, InterruptedException {
    ObjectNode notification = Bodies.notification(talk.whole.get());
    notification.put("size", notification.path("size").asLong() + 1);
    Answer answer = talk.tell(notification, "with a size that is larger by 1");
    if (!answer.isSuccess()) {
      talk.wholeIsUntold.set(true);
    }
    return Refusals.expect(answer, 409, "asset_mismatch", COMPARE);
  }

  private static Verdict content(Talk talk) throws NoAnswerException, InterruptedException {
    talk.wholeIsUntold.get();
    ObjectNode notification = Bodies.notification(talk.whole.get());
    notification.put("eTag", "\"00000000000000000000000000000000\"");
    notification
        .putObject("checksum")
        .put("algorithm", "CRC32")
        .put("type", "FULL_OBJECT")
        .put("value", "AAAAAA==");
    Answer answer = talk.tell(notification, "with a wrong ETag and a wrong checksum");
    Verdict verdict = Refusals.expect(answer, 409, "asset_mismatch", COMPARE);
    // not every store tells them, so that there may be nothing to compare
    return answer.isSuccess()
        ? Verdict.advice(verdict.sent(), verdict.came(), verdict.change())
        : verdict;
  }

  private static Verdict malformed(Talk talk) throws NoAnswerException, InterruptedException {
    talk.grantAnswer.get();
    Target target = talk.target();
    String path = target.paths().video();
    Answer answer = talk.post(path, "[", "a body that is no JSON", target.token(), Map.of());
    return Refusals.expect(
        answer, 400, "invalid_request", "Check the request before you ask the store.");
  }

  private static Verdict otherKey(Talk talk) throws NoAnswerException, InterruptedException {
    talk.told.get();
    ObjectNode notification = Bodies.notification(talk.inParts.get());
    notification.setAll(
        Bodies.notification(talk.whole.get()).retain("key", "eTag", "checksum", "size"));
    return Refusals.expect(
        talk.tell(notification, "with the upload id of another key"),
        409,
        "upload_conflict",
        UNIQUE);
  }

  private static Verdict otherId(Talk talk) throws NoAnswerException, InterruptedException {
    talk.told.get();
    ObjectNode notification = Bodies.notification(talk.inParts.get());
    notification.put("uploadId", UploadId.random().value());
    return Refusals.expect(
        talk.tell(notification, "with another upload id for the same key"),
        409,
        "upload_conflict",
        UNIQUE);
  }

  private static Verdict otherUser(Talk talk) throws NoAnswerException, InterruptedException {
    talk.told.get();
    String other = BadRenewalChecks.otherToken(talk);
    ObjectNode notification = Bodies.notification(talk.inParts.get());
    return Refusals.expect(
        talk.tellAs(other, notification, "as another user"),
        403,
        "forbidden",
        "Keep the user with the asset, and refuse all others with 403 forbidden.");
  }
}
