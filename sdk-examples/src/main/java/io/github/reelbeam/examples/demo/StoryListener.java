package io.github.reelbeam.examples.demo;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.examples.cli.Figures;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.IssuedGrant;
import io.github.reelbeam.testservers.LiveUpload;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Tells the story of one upload, and shows it on the backend's page. */
final class StoryListener implements UploadListener {
  private static final int LINES_FOR_PARTS = 10;

  private final Story story;
  private final EmbeddedBackend backend;
  private final String fileName;
  private UploadProgress latest = new UploadProgress(0, 0, 0, 0, 0);
  private String uploadId = "";
  private Duration transferBegan = Duration.ZERO;

  StoryListener(Story story, EmbeddedBackend backend, String fileName) {
    this.story = story;
    this.backend = backend;
    this.fileName = fileName;
  }

  @Override
  public void onStarted(Upload upload) {
    uploadId = upload.id().value();
    latest = upload.progress();
    story.tell(
        "request", "upload " + uploadId + ": asking the backend for leave to store one object");
    post(upload.state());
  }

  @Override
  public void onProgress(UploadProgress progress) {
    latest = progress;
    post(UploadState.TRANSFERRING);
  }

  @Override
  public void onPartCompleted(PartCompleted part) {
    int step = Math.max(1, part.partsTotal() / LINES_FOR_PARTS);
    boolean last = part.partsCompleted() == part.partsTotal();
    if (last || part.partsCompleted() % step == 0) {
      story.tell(
          "transfer",
          String.format(
              "part %d of %s is in S3 (%d of %d parts)",
              part.partNumber(),
              Figures.size(part.bytes()),
              part.partsCompleted(),
              part.partsTotal()));
    }
  }

  @Override
  public void onPartRetry(PartRetry retry) {
    story.tell("transfer", "part " + retry.partNumber() + " is sent again: " + retry.reason());
  }

  @Override
  public void onCredentialsRenewed(CredentialsRenewed renewal) {
    story.tell("grant", "fresh credentials, until " + renewal.expiration());
  }

  @Override
  public void onStateChanged(StateChange change) {
    switch (change.to()) {
      case GRANTED -> granted();
      case TRANSFERRING -> transferBegan = story.sinceBegin();
      case STORED -> stored();
      default -> {}
    }
    post(change.to());
  }

  @Override
  public void onCompleted(VideoAsset asset) {
    story.tell("notify", "POST " + backend.uri() + "api/v1/video; the backend answered");
    story.say(" ".repeat(21) + asset.response());
  }

  // The client keeps the grant to itself; the backend, in this process, tells what it gave.
  private void granted() {
    List<IssuedGrant> grants = backend.grants();
    IssuedGrant grant = grants.get(grants.size() - 1);
    story.tell("grant", "key " + grant.key());
    story.tell(
        "grant",
        "temporary credentials "
            + grant.accessKeyId()
            + ": for this key alone, until "
            + grant.expiration().truncatedTo(ChronoUnit.SECONDS));
  }

  private void stored() {
    Duration took = story.sinceBegin().minus(transferBegan);
    long rate = latest.totalBytes() * 1000 / Math.max(1, took.toMillis());
    story.tell(
        "stored",
        Figures.size(latest.totalBytes())
            + " in "
            + Figures.time(took)
            + ": "
            + Figures.rate(rate));
  }

  private void post(UploadState state) {
    backend
        .liveUploads()
        .post(
            new LiveUpload(
                uploadId,
                fileName,
                latest.committedBytes(),
                latest.totalBytes(),
                latest.bytesPerSecond(),
                state.name()));
  }
}
