package io.github.reelbeam.examples.conformance;

import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.examples.conformance.Store.Begun;
import java.io.IOException;
import java.util.List;

/** The credentials are good for an upload. */
final class UploadChecks {
  private static final String CHANGE =
      "The credentials need s3:PutObject, s3:AbortMultipartUpload and s3:ListMultipartUploadParts"
          + " on the key; bucket, region and endpoint have to be those of the store.";

  private UploadChecks() {}

  static List<Check> list() {
    return List.of(
        new Check(
            "upload.parts",
            "A video is stored in parts with the credentials of a grant",
            "That is how every video above 8 MiB goes.",
            UploadChecks::inParts),
        new Check(
            "upload.single",
            "A video is stored by a single PUT with the credentials of a grant",
            "That is how small ones go.",
            UploadChecks::whole));
  }

  private static Verdict inParts(Talk talk) throws InterruptedException {
    UploadGrant grant = talk.grant.get();
    String sent = "a multipart upload to " + grant.bucket() + "/" + grant.key();
    try {
      VideoAsset asset = RealUpload.inParts(talk.target(), grant, talk.fileName());
      talk.inParts.set(asset);
      talk.leave(left(asset));
      return stored(sent, asset);
    } catch (IOException e) {
      return Verdict.fail(sent, reason(talk, grant, e), CHANGE);
    }
  }

  private static Verdict whole(Talk talk) throws NoAnswerException, InterruptedException {
    UploadGrant grant = talk.furtherGrant();
    String sent = "PUT " + grant.bucket() + "/" + grant.key();
    try {
      VideoAsset asset = RealUpload.whole(talk.target(), grant, talk.fileName());
      talk.whole.set(asset);
      talk.leave(left(asset));
      return stored(sent, asset);
    } catch (IOException e) {
      return Verdict.fail(sent, reason(talk, grant, e), CHANGE);
    }
  }

  private static Verdict stored(String sent, VideoAsset asset) {
    return Verdict.pass(sent, asset.size() + " bytes stored");
  }

  /** The uploader says what the app can do; what the store says tells the backend more. */
  private static String reason(Talk talk, UploadGrant grant, IOException failure) {
    try (Store store = Store.of(grant, talk.target().timeout())) {
      Begun begun = store.create(grant.key());
      if (begun.reply().isAllowed()) {
        RightsChecks.abort(talk, store, grant, begun);
        return String.valueOf(failure.getMessage());
      }
      return "the store answers CreateMultipartUpload with " + begun.reply().inWords();
    }
  }

  private static String left(VideoAsset asset) {
    return "the video "
        + asset.bucket()
        + "/"
        + asset.key()
        + ", and the asset that the backend made of it";
  }
}
