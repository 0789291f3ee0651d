package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.journal.FileUploadJournal;
import io.github.reelbeam.journal.UploadJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The methods of {@link VideoUploader}, called by many threads at once. */
class EveryUploaderMethodIT {
  private static final int THREADS = 4;
  private static final int CALLS = 8;

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final Rounds rounds = new Rounds();
  private final Queue<RecordingListener> listeners = new ConcurrentLinkedQueue<>();
  private final Set<UploadId> ids = ConcurrentHashMap.newKeySet();
  private final List<Path> files = new ArrayList<>();
  private UploadJournal journal;

  private final RandomCalls calls =
      new RandomCalls(
          VideoUploader.class,
          method -> !method.getName().equals("close"),
          Map.<Class<?>, Function<Random, Object>>of(
              UploadRequest.class,
              this::request,
              UploadId.class,
              this::id,
              List.class,
              random -> List.of(request(random), request(random)),
              UploadBatchListener[].class,
              random -> new UploadBatchListener[] {new UploadBatchListener() {}},
              UploadListener[].class,
              random -> new UploadListener[] {listener()},
              int.class,
              random -> 1 + random.nextInt(Servers.options().build().parallelism()),
              long.class,
              random -> random.nextBoolean() ? 0L : 10_000_000L + random.nextInt(10_000_000),
              Duration.class,
              random -> Duration.ofMillis(random.nextInt(200))));

  @BeforeEach
  void makeFiles() throws Exception {
    journal = FileUploadJournal.at(folder.resolve("journal"));
    files.add(TestFiles.random(folder.resolve("a.mp4"), 100_000));
    files.add(TestFiles.random(folder.resolve("b.mp4"), 100_001));
    files.add(TestFiles.random(folder.resolve("c.mp4"), PART + 1));
  }

  @AfterEach
  void stop() throws Exception {
    rounds.close();
    servers.close();
  }

  private RecordingListener listener() {
    RecordingListener listener = new RecordingListener();
    listeners.add(listener);
    return listener;
  }

  private UploadRequest request(Random random) {
    Path file = files.get(random.nextInt(files.size()));
    return UploadRequest.builder(file).listener(listener()).build();
  }

  private UploadId id(Random random) {
    List<UploadId> known = List.copyOf(ids);
    return known.isEmpty() ? UploadId.random() : known.get(random.nextInt(known.size()));
  }

  private VideoUploader uploader() {
    return servers.uploader().journal(journal).build();
  }

  @Test
  void oneFileGivenByManyThreadsIsOneUpload() throws Exception {
    Set<UploadId> given = ConcurrentHashMap.newKeySet();
    try (VideoUploader uploader = uploader()) {
      Callable<?> upload =
          () -> {
            Upload mine =
                uploader.upload(UploadRequest.builder(files.get(2)).listener(listener()).build());
            given.add(mine.id());
            return mine.await();
          };
      rounds.atOnce(Collections.nCopies(12, upload));
    }
    assertThat(given).hasSize(1);
    assertThat(servers.backend.grants()).hasSize(1);
    assertThat(servers.backend.assets()).hasSize(1);
    assertThat(servers.s3.keys()).hasSize(1);
    assertThat(listeners).hasSize(12);
    for (RecordingListener listener : listeners) {
      listener.verify("completed");
    }
  }

  @Test
  void threeSecondsOfAll() throws Exception {
    playFor(Duration.ofSeconds(3));
  }

  @Test
  @Tag("slow")
  void twentySecondsOfAll() throws Exception {
    playFor(Duration.ofSeconds(20));
  }

  private void playFor(Duration time) throws Exception {
    rounds.play(time, 3, this::playRound);
    assertThat(calls.neverCalled()).isEmpty();
    // whatever was left pending can be gone on with, and then nothing is left
    try (VideoUploader uploader = uploader()) {
      for (Upload upload : uploader.resumeAll()) {
        upload.await(Duration.ofSeconds(20));
      }
      await().until(() -> journal.entries().isEmpty());
    }
    assertThat(servers.s3.openUploads()).isEmpty();
    assertThat(servers.s3.keys())
        .containsAll(servers.backend.assets().stream().map(asset -> asset.key()).toList());
    assertThat(folder.resolve("journal").toFile().list()).containsExactly(".journal.lock");
  }

  private void playRound(Random random) throws Exception {
    listeners.clear();
    Set<Upload> uploads = ConcurrentHashMap.newKeySet();
    VideoUploader uploader = uploader();
    List<Callable<?>> owners = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random own = new Random(random.nextLong());
      owners.add(() -> callMethods(uploader, uploads, own));
    }
    rounds.atOnce(owners);
    // and those that come after the close hear that
    owners.add(
        () -> {
          uploader.close();
          return null;
        });
    rounds.atOnce(owners);
    uploader.close();
    for (Upload upload : uploads) {
      assertThat(upload.completion()).isDone();
    }
    for (RecordingListener listener : listeners) {
      listener.verifyIfStarted();
    }
  }

  private int callMethods(VideoUploader uploader, Set<Upload> uploads, Random random)
      throws Exception {
    int refused = 0;
    for (int i = 0; i < CALLS; i++) {
      try {
        note(calls.call(uploader, random), uploads);
      } catch (IllegalStateException closed) {
        assertThat(closed).hasMessage("this VideoUploader is closed");
        refused++;
      } catch (UploadException e) {
        // a discard that the close has cut short says so
        assertThat(e).hasMessageContaining("VideoUploader was closed");
        refused++;
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
    return refused;
  }

  private void note(@Nullable Object returned, Set<Upload> uploads) {
    if (returned instanceof Upload upload) {
      ids.add(upload.id());
      uploads.add(upload);
    } else if (returned instanceof UploadBatch batch) {
      batch.uploads().forEach(one -> note(one, uploads));
    } else if (returned instanceof Optional<?> found) {
      found.ifPresent(one -> note(one, uploads));
    } else if (returned instanceof List<?> several) {
      several.forEach(one -> note(one, uploads));
    }
  }
}
