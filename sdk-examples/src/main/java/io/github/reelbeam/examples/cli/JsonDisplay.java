package io.github.reelbeam.examples.cli;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.VideoAsset;
import java.io.PrintWriter;
import java.time.Duration;

/** {@code --json}: each event as one JSON object on a line of its own, for programs. */
final class JsonDisplay extends Display {
  private final JsonLines lines;
  private String uploadId = "";

  JsonDisplay(JsonLines lines, PrintWriter err) {
    super(err);
    this.lines = lines;
  }

  @Override
  public void onStarted(Upload upload) {
    uploadId = upload.id().value();
    event("started")
        .with("state", upload.state())
        .with("totalBytes", upload.progress().totalBytes())
        .write();
  }

  @Override
  public void onProgress(UploadProgress progress) {
    event("progress")
        .with("committedBytes", progress.committedBytes())
        .with("inFlightBytes", progress.inFlightBytes())
        .with("totalBytes", progress.totalBytes())
        .with("bytesPerSecond", progress.bytesPerSecond())
        .with("fraction", progress.fraction())
        .with("millisLeft", progress.timeLeft().map(Duration::toMillis).orElse(null))
        .write();
  }

  @Override
  public void onPartCompleted(PartCompleted part) {
    event("partCompleted")
        .with("partNumber", part.partNumber())
        .with("bytes", part.bytes())
        .with("partsCompleted", part.partsCompleted())
        .with("partsTotal", part.partsTotal())
        .write();
  }

  @Override
  public void onPartRetry(PartRetry retry) {
    event("partRetry")
        .with("partNumber", retry.partNumber())
        .with("attempt", retry.attempt())
        .with("delayMillis", retry.delay().toMillis())
        .with("reason", retry.reason())
        .write();
  }

  @Override
  public void onCredentialsRenewed(CredentialsRenewed renewal) {
    event("credentialsRenewed").with("expiration", renewal.expiration()).write();
  }

  @Override
  public void onStateChanged(StateChange change) {
    event("stateChanged")
        .with("from", change.from())
        .with("to", change.to())
        .with("reason", change.reason())
        .write();
  }

  @Override
  void showCompleted(VideoAsset asset) {
    event("completed")
        .with("key", asset.key())
        .with("bucket", asset.bucket())
        .with("region", asset.region())
        .with("size", asset.size())
        .with("contentType", asset.contentType())
        .with("eTag", asset.eTag())
        .with("checksum", asset.wholeChecksum())
        .with("fileName", asset.fileName())
        .with("metadata", asset.metadata())
        .with("confirmed", asset.confirmed())
        .withJson("response", asset.response())
        .write();
  }

  @Override
  void showFailed(String error, UploadException failure) {
    failure.uploadId().ifPresent(id -> uploadId = id.value());
    event("failed")
        .with("error", error)
        .with("resumable", failure.isResumable())
        .with("stage", failure.stage())
        .with("requestId", failure.requestId().orElse(null))
        .write();
  }

  private JsonLines.Line event(String name) {
    return lines.line().with("event", name).with("uploadId", uploadId.isEmpty() ? null : uploadId);
  }
}
