package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.NotificationException;
import io.github.reelbeam.RecordingListener;
import io.github.reelbeam.Rounds;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.UploadState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Threads that pause, resume, cancel and close an upload as they like, while its worker works. */
class LiveUploadStressTest {
  private static final int OWNERS = 3;
  private static final int WISHES = 6;

  @Test
  void thereIsOneEndWhateverOwnersWant() throws Exception {
    CountingScheduler scheduler = CountingScheduler.withDelays();
    try (Rounds rounds = new Rounds()) {
      rounds.play(Duration.ofSeconds(2), 20, random -> playRound(rounds, scheduler, random));
    } finally {
      scheduler.shutdownNow();
    }
  }

  /** Two uploads that share one turn: the scheduler sees it if both are at work. */
  private static void playRound(Rounds rounds, CountingScheduler scheduler, Random random)
      throws Exception {
    Turns turns = new Turns(1);
    List<StoredUpload> uploads = new ArrayList<>();
    List<RecordingListener> listeners = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      StoredUpload stored = upload(rounds, scheduler, new Random(random.nextLong()), turns);
      RecordingListener listener = new RecordingListener();
      stored.upload.addListener(listener);
      stored.upload.start();
      uploads.add(stored);
      listeners.add(listener);
    }
    boolean mayEnd = random.nextBoolean();
    List<Callable<?>> owners = new ArrayList<>();
    for (int i = 0; i < OWNERS; i++) {
      Random wishes = new Random(random.nextLong());
      owners.add(
          () -> {
            for (int wish = 0; wish < WISHES; wish++) {
              want(uploads.get(wishes.nextInt(2)).upload, wishes.nextInt(mayEnd ? 11 : 9));
            }
            return null;
          });
    }
    rounds.atOnce(owners);
    for (StoredUpload stored : uploads) {
      bringToAnEnd(stored.upload, random);
    }
    for (int i = 0; i < 2; i++) {
      awaitEnd(uploads.get(i).upload);
      verify(uploads.get(i), listeners.get(i));
    }
    assertThat(scheduler.getQueue()).as("timers left over").isEmpty();
    assertThat(scheduler.ticks()).as("ticks that go on").isZero();
    assertThat(scheduler.overlaps()).as("passes that overlap").isZero();
    Turns.Place later = turns.arrive(UploadPriority.LOW, () -> {});
    assertThat(turns.ask(later)).as("the turn is free at the end").isTrue();
  }

  private static StoredUpload upload(
      Rounds rounds, CountingScheduler scheduler, Random answers, Turns turns) {
    return new StoredUpload(
        asset -> {
          synchronized (answers) {
            if (answers.nextInt(4) > 0) {
              throw new NotificationException(
                  "busy", new Details(null, Stage.NOTIFY, true, null), asset, 503, null, null);
            }
          }
          return "{}";
        },
        rounds.threads(),
        rounds.threads(),
        rounds.threads(),
        scheduler,
        turns);
  }

  private static void want(LiveUpload upload, int wish) {
    switch (wish) {
      case 0, 1, 2 -> upload.pause();
      case 3, 4, 5 -> upload.resume();
      case 6 -> upload.addListener(new RecordingListener());
      case 7 -> assertThat(upload.progress().totalBytes()).isEqualTo(10);
      case 8 -> upload.prioritize(UploadPriority.HIGH);
      case 9 -> upload.cancel();
      default -> upload.close(Duration.ZERO);
    }
  }

  /** However it stands: a resume is not lost, a cancel is final, and a close ends all. */
  private static void bringToAnEnd(LiveUpload upload, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> upload.resume();
      case 1 -> upload.cancel();
      default -> upload.close(Duration.ZERO);
    }
  }

  private static void awaitEnd(LiveUpload upload) {
    upload.completion().orTimeout(20, TimeUnit.SECONDS).handle((asset, failure) -> asset).join();
    assertThat(upload.completion().isDone()).as("it comes to an end").isTrue();
  }

  private static void verify(StoredUpload stored, RecordingListener listener)
      throws InterruptedException {
    UploadState end = stored.upload.state();
    listener.verify(
        switch (end) {
          case NOTIFIED -> "completed";
          case CANCELLED -> "cancelled";
          case FAILED -> "failed";
          default -> "an end, and not " + end;
        });
    assertThat(stored.ends).as("told to the one who keeps the live uploads").hasValue(1);
    assertThat(stored.journal.entries()).hasSize(end == UploadState.FAILED ? 1 : 0);
  }
}
