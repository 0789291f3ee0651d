package io.github.reelbeam.leaks;

import static org.awaitility.Awaitility.await;

import io.github.reelbeam.TestFiles;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.OkHttpClient;

/**
 * An app that uploads one video after the other, four at a time, in every manner there is, and
 * prints what it holds after each hundred.
 */
public final class ThousandUploads {
  static final int AT_A_TIME = 4;
  static final int A_HUNDRED = 100;

  /** Begins the names of those whose notification the backend refuses at first. */
  static final String REFUSED = "refused";

  static final String THREADS_LEFT = "threads left: ";

  private static final int SMALL = 64 << 10;
  private static final int TWO_PARTS = (6 << 20) + 1;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final URI backend;
  private final Path folder;
  private final Path journal;
  private final OkHttpClient client = new OkHttpClient();
  private final VideoUploader shared;
  private final VideoUploader onClient;

  private ThousandUploads(URI backend, Path folder) {
    this.backend = backend;
    this.folder = folder;
    this.journal = folder.resolve("journal");
    this.shared = builder().build();
    this.onClient = builder().httpClient(client).build();
  }

  /**
   * Runs.
   *
   * @param arguments backend, folder to work in, how many uploads
   */
  public static void main(String[] arguments) {
    try {
      run(arguments);
    } catch (Exception | Error e) {
      e.printStackTrace();
      // halt and not exit: the threads that are at work on other uploads would go on
      Runtime.getRuntime().halt(1);
    }
  }

  private static void run(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    int uploads = Integer.parseInt(arguments[2]);
    ThousandUploads app = new ThousandUploads(URI.create(arguments[0]), folder);
    List<Path> watched = List.of(app.journal, Path.of(System.getProperty("java.io.tmpdir")));
    ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
    for (int done = 0; done < uploads; done += A_HUNDRED) {
      app.uploadHundred(threads, done);
      System.out.println(Figures.take(done + A_HUNDRED, watched).line());
    }
    threads.shutdown();
    app.close();
    await().atMost(Duration.ofSeconds(5)).until(() -> Figures.ownThreads().count() == 0);
    System.out.println(THREADS_LEFT + Figures.ownThreads().toList());
    System.out.println(Figures.take(uploads, watched).line());
  }

  private VideoUploader.Builder builder() {
    return VideoUploader.builder()
        .backend(backend, () -> "Bearer none")
        .journal(FileUploadJournal.at(journal))
        .transferOptions(
            TransferOptions.builder()
                .partSize(TransferOptions.MIN_PART_SIZE)
                .parallelism(AT_A_TIME)
                .build());
  }

  private void close() {
    shared.close();
    onClient.close();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private void uploadHundred(ExecutorService threads, int first) throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (int lane = 0; lane < AT_A_TIME; lane++) {
      int mine = lane;
      running.add(
          threads.submit(
              () -> {
                for (int i = mine; i < A_HUNDRED; i += AT_A_TIME) {
                  upload(first + i, mine);
                }
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
  }

  /** One upload; its number says in what manner, its lane which files are nobody else's. */
  private void upload(int number, int lane) throws Exception {
    int manner = number / AT_A_TIME % 25;
    boolean big = manner == 0 || manner == 7;
    Path file = file((manner == 3 ? REFUSED : "video") + (big ? "-big-" : "-") + lane, big);
    switch (manner) {
      case 0 -> stopAndGoOn(file, true);
      case 1 -> stopAndGoOn(file, false);
      case 2 -> pauseAndResume(file);
      case 3 -> failAndGoOn(file);
      case 4, 5 -> cancel(file, manner == 4 ? shared : onClient);
      case 6, 7, 8, 9 -> {
        try (VideoUploader fresh = builder().build()) {
          uploadTo(fresh, VideoSource.of(file));
        }
      }
      case 10 -> {
        try (VideoUploader fresh = builder().httpClient(client).build()) {
          uploadTo(fresh, VideoSource.of(file));
        }
      }
      case 11, 12 -> uploadTo(shared, new NoFile(VideoSource.of(file)));
      default -> uploadTo(number % 2 == 0 ? shared : onClient, VideoSource.of(file));
    }
  }

  private synchronized Path file(String name, boolean big) throws IOException {
    Path file = folder.resolve(name + ".mp4");
    return Files.exists(file) ? file : TestFiles.random(file, big ? TWO_PARTS : SMALL);
  }

  private static void uploadTo(VideoUploader uploader, VideoSource source) throws Exception {
    uploader.upload(UploadRequest.builder(source).build()).await(LONGEST);
  }

  /** Closes the uploader in the middle, and goes on with another. */
  private void stopAndGoOn(Path file, boolean afterAPart) throws Exception {
    AtomicBoolean stored = new AtomicBoolean();
    UploadListener untilAPart =
        new UploadListener() {
          @Override
          public void onPartCompleted(PartCompleted part) {
            stored.set(true);
          }
        };
    Upload upload;
    try (VideoUploader first = builder().build()) {
      upload = first.upload(UploadRequest.builder(file).listener(untilAPart).build());
      if (afterAPart) {
        await().atMost(LONGEST).pollInterval(Duration.ofMillis(5)).untilTrue(stored);
      }
    }
    try {
      upload.await(LONGEST);
    } catch (UploadException closed) {
      try (VideoUploader second = builder().build()) {
        uploadTo(second, VideoSource.of(file));
      }
    }
  }

  private void pauseAndResume(Path file) throws Exception {
    Upload upload = shared.upload(UploadRequest.builder(file).build());
    upload.pause();
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> upload.state() == UploadState.PAUSED || upload.completion().isDone());
    upload.resume();
    upload.await(LONGEST);
  }

  private void failAndGoOn(Path file) throws Exception {
    try {
      uploadTo(shared, VideoSource.of(file));
      throw new IllegalStateException("the backend has taken what it was to refuse");
    } catch (UploadException refused) {
      uploadTo(shared, VideoSource.of(file));
    }
  }

  private static void cancel(Path file, VideoUploader uploader) throws Exception {
    Upload upload = uploader.upload(UploadRequest.builder(file).build());
    upload.cancel();
    try {
      upload.await(LONGEST);
    } catch (CancellationException cancelled) {
      return;
    }
    throw new IllegalStateException("it was quicker than a cancel");
  }

  /** A source that is no file, as those of Android are: the engine is shown another one. */
  private record NoFile(VideoSource file) implements VideoSource {
    @Override
    public String name() {
      return file.name();
    }

    @Override
    public String reference() {
      return "content:" + file.reference();
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public Instant lastModified() throws IOException {
      return file.lastModified();
    }

    @Override
    public SeekableByteChannel open() throws IOException {
      return file.open();
    }
  }
}
