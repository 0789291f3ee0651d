package io.github.reelbeam;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reelbeam.journal.FileUploadJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process of its own that logs all there is to log: uploads a video, pauses after the first part
 * and goes on. Whatever it writes is in the folder it works in.
 */
public final class LoggedUpload implements UploadListener {
  private final CompletableFuture<Upload> upload = new CompletableFuture<>();
  private final AtomicBoolean mayPause = new AtomicBoolean(true);

  private LoggedUpload() {}

  /** Given the video, the folder and the backend; the bearer token is read from the input. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[1]);
    String token = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
    Path journal = folder.resolve("journal");
    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(URI.create(arguments[2]), () -> "Bearer " + token)
            .journal(
                new CopiedJournal(FileUploadJournal.at(journal), journal, folder.resolve("copies")))
            .transferOptions(Servers.options().parallelism(1).build())
            .build()) {
      VideoAsset asset =
          uploader
              .upload(
                  UploadRequest.builder(Path.of(arguments[0])).listener(new LoggedUpload()).build())
              .await();
      System.out.println(asset);
    }
  }

  @Override
  public void onStarted(Upload started) {
    upload.complete(started);
  }

  @Override
  public void onPartCompleted(PartCompleted part) {
    System.out.println(part);
    if (mayPause.getAndSet(false)) {
      upload.join().pause();
    }
  }

  @Override
  public void onPartRetry(PartRetry retry) {
    System.out.println(retry);
  }

  @Override
  public void onCredentialsRenewed(CredentialsRenewed renewal) {
    System.out.println(renewal);
  }

  @Override
  public void onStateChanged(StateChange change) {
    System.out.println(change);
    if (change.to() == UploadState.PAUSED) {
      upload.join().resume();
    }
  }

  @Override
  public void onCompleted(VideoAsset asset) {
    System.out.println("completed");
  }
}
