package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.ProxiedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every public method of {@link Upload}, called by many threads at random while real uploads run:
 * there is one end, and it is true.
 */
class EveryMethodIT {
  private static final int OWNERS = 4;
  private static final int CALLS = 12;

  @TempDir Path folder;
  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private final Servers servers = Servers.start();
  private final Rounds rounds = new Rounds();
  private final Queue<RecordingListener> listeners = new ConcurrentLinkedQueue<>();
  private final RandomCalls calls =
      new RandomCalls(
          Upload.class,
          method -> true,
          Map.<Class<?>, Function<Random, Object>>of(
              Duration.class,
              random -> Duration.ofMillis(random.nextInt(20)),
              UploadPriority.class,
              random -> random.nextBoolean() ? UploadPriority.HIGH : UploadPriority.LOW,
              UploadListener.class,
              random -> listener()));
  private Path small;
  private Path twoParts;

  @BeforeEach
  void makeFiles() throws Exception {
    small = TestFiles.random(folder.resolve("small.mp4"), 100_000);
    twoParts = TestFiles.random(folder.resolve("big.mp4"), PART + 1);
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

  @Test
  void twoSeconds() throws Exception {
    playFor(Duration.ofSeconds(2));
  }

  @Test
  @Tag("slow")
  void twentySeconds() throws Exception {
    playFor(Duration.ofSeconds(20));
  }

  private void playFor(Duration time) throws Exception {
    try (VideoUploader uploader = servers.uploader().build()) {
      rounds.play(time, 5, random -> playRound(uploader, random));
    }
    assertThat(calls.neverCalled()).isEmpty();
    await().atMost(Duration.ofSeconds(5)).until(() -> threadsLeft().isEmpty());
  }

  /** Those of the test itself, of its servers and of the JVM do not count. */
  private Set<String> threadsLeft() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("reelbeam-"))
        .collect(Collectors.toSet());
  }

  private void playRound(VideoUploader uploader, Random random) throws Exception {
    listeners.clear();
    int grants = servers.backend.grants().size();
    Path file = random.nextInt(3) == 0 ? twoParts : small;
    Upload upload = uploader.upload(UploadRequest.builder(file).listener(listener()).build());
    List<Callable<?>> owners = new ArrayList<>();
    for (int i = 0; i < OWNERS; i++) {
      Random own = new Random(random.nextLong());
      owners.add(() -> callMethods(upload, own));
    }
    // at last somebody lets it go on, or those who wait would do so for ever
    owners.add(() -> resumeUntilDone(upload));
    rounds.atOnce(owners);
    verify(upload, file, grants);
  }

  private int callMethods(Upload upload, Random random) throws Exception {
    int awaited = 0;
    for (int i = 0; i < CALLS; i++) {
      try {
        Object returned = calls.call(upload, random);
        if (returned instanceof CompletableFuture<?> copy) {
          copy.cancel(random.nextBoolean());
        }
      } catch (CancellationException | TimeoutException documented) {
        // the two ends of waiting, besides the asset: no fault is injected, so nothing may fail
        awaited++;
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
    return awaited;
  }

  private static boolean resumeUntilDone(Upload upload) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              upload.resume();
              return upload.completion().isDone();
            });
    return true;
  }

  private void verify(Upload upload, Path file, int grants) throws Exception {
    boolean cancelled = upload.completion().isCompletedExceptionally();
    assertThat(upload.state()).isEqualTo(cancelled ? UploadState.CANCELLED : UploadState.NOTIFIED);
    for (RecordingListener listener : listeners) {
      listener.verify(cancelled ? "cancelled" : "completed");
    }
    servers.verifyNothingIsLeft();
    boolean asset =
        servers.backend.assets().stream().anyMatch(a -> a.uploadId().equals(upload.id().value()));
    List<String> keys =
        servers.backend.grants().stream().skip(grants).map(grant -> grant.key()).toList();
    List<String> stored = servers.s3.keys().stream().filter(keys::contains).toList();
    if (cancelled) {
      verifyCancelled(keys, stored, asset);
    } else {
      assertThat(asset).isTrue();
      assertThat(stored).containsExactly(upload.await().key());
      assertThat(TestFiles.mismatch(file, servers.s3.open(stored.get(0)))).isEqualTo(-1);
    }
  }

  /** What the store has confirmed, or may have, cannot be taken back by a client. */
  private void verifyCancelled(List<String> keys, List<String> stored, boolean asset) {
    if (!stored.isEmpty()) {
      // the proxy notes a request when it has ended, which may be later
      await("a request that made the object").until(() -> mayBeStored(keys));
    }
    if (asset) {
      assertThat(stored).hasSize(1);
    }
  }

  private boolean mayBeStored(List<String> keys) {
    return servers.proxy.requests().stream()
        .filter(request -> keys.stream().anyMatch(request.head().target()::contains))
        .anyMatch(EveryMethodIT::makesAnObject);
  }

  private static boolean makesAnObject(ProxiedRequest request) {
    return request.head().isComplete()
        || (request.head().method().equals("PUT") && request.partNumber().isEmpty());
  }
}
