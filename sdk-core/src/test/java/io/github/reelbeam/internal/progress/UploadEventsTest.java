package io.github.reelbeam.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.HandDrivenExecutor;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadListener.PartCompleted;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VirtualTime;
import io.github.reelbeam.internal.log.UploadContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UploadEventsTest {
  private static final StateChange GRANTED =
      new StateChange(UploadState.REQUESTED, UploadState.GRANTED, null);

  private final VirtualTime time = new VirtualTime();
  private final HandDrivenExecutor threads = new HandDrivenExecutor();
  private final Upload upload = new StubUpload();
  private long committed;
  private double fraction;
  private final UploadEvents events =
      new UploadEvents(
          threads,
          () -> new UploadProgress(committed, 0, 1000, 0, fraction),
          time,
          UploadContext.NONE);
  private final Heard heard = new Heard(time);

  private List<String> words() {
    threads.runAll();
    return heard.words();
  }

  private void part(int number) {
    events.emit(l -> l.onPartCompleted(new PartCompleted(number, 1, number, 9)));
  }

  private void bytesMove() {
    committed++;
    events.progress();
  }

  @Test
  void tellsNothingOnTheThreadThatReports() {
    events.add(heard, upload);
    assertThat(heard.words()).isEmpty();
  }

  @Test
  void tellsEverythingInItsOrder() {
    events.add(heard, upload);
    events.state(GRANTED);
    part(1);
    bytesMove();
    part(2);
    committed = 1000;
    events.end(UploadListener::onCancelled);
    // the progress is what it is when the listener is told
    assertThat(words())
        .containsExactly(
            "started", "REQUESTED to GRANTED", "part 1", "progress 1000", "part 2", "cancelled");
  }

  /** A look at the meter that was asked for before must not overtake the state. */
  @Test
  void progressIsWholeOnlyAfterTheStateThatSaysSo() {
    events.add(heard, upload);
    committed = 1000;
    events.progress();
    events.state(GRANTED);
    fraction = 1.0;
    events.whole();
    events.end(UploadListener::onCancelled);
    assertThat(words())
        .containsExactly("started", "REQUESTED to GRANTED", "progress 1000", "cancelled");
  }

  @Test
  void aLateListenerIsNotToldOfTheWholeBeforeTheStateEither() {
    events.state(GRANTED);
    threads.runAll();
    fraction = 1.0;
    events.add(heard, upload);
    assertThat(words()).containsExactly("started", "GRANTED to GRANTED");
  }

  @Test
  void theLastProgressComesBeforeTheEndHoweverSoon() {
    events.add(heard, upload);
    bytesMove();
    threads.runAll();
    committed = 1000;
    events.end(UploadListener::onCancelled);
    assertThat(words()).containsExactly("started", "progress 1", "progress 1000", "cancelled");
  }

  @Test
  void thereIsOneEnd() {
    events.add(heard, upload);
    committed = 1;
    events.end(UploadListener::onCancelled);
    events.end(UploadListener::onCancelled);
    assertThat(words()).containsOnlyOnce("cancelled");
  }

  @Test
  void nothingComesAfterTheEnd() {
    events.add(heard, upload);
    events.end(UploadListener::onCancelled);
    part(1);
    events.state(GRANTED);
    bytesMove();
    assertThat(words()).last().isEqualTo("cancelled");
  }

  @Test
  void progressIsToldOnlyIfSomethingHasMoved() {
    events.add(heard, upload);
    bytesMove();
    threads.runAll();
    time.advanceMillis(1000);
    events.progress();
    assertThat(words()).containsExactly("started", "progress 1");
  }

  @Test
  void progressThatComesTooSoonIsToldWithTheNextTick() {
    events.add(heard, upload);
    bytesMove();
    threads.runAll();
    time.advanceMillis(50);
    bytesMove();
    assertThat(words()).containsExactly("started", "progress 1");
    time.advanceMillis(100);
    events.progress();
    assertThat(words()).containsExactly("started", "progress 1", "progress 2");
  }

  @Test
  void aSlowListenerGetsFewerProgressEventsAndNoBacklog() {
    events.add(heard, upload);
    for (int i = 0; i < 500; i++) {
      bytesMove();
      time.advanceMillis(500);
    }
    part(1);
    assertThat(words()).containsExactly("started", "progress 500", "part 1");
  }

  @Test
  void noSecondHasMoreThanTenProgressEvents() {
    events.add(heard, upload);
    for (int i = 0; i < 5000; i++) {
      bytesMove();
      threads.runAll();
      time.advanceMillis(1);
    }
    committed = 1_000_000;
    events.end(UploadListener::onCancelled);
    threads.runAll();
    assertAtMostTenASecond(heard);
    assertThat(heard.progressTimes()).as("and not far fewer").hasSizeGreaterThan(35);
  }

  @Test
  void noSecondOfALateListenerHasMoreThanTenProgressEvents() {
    events.add(heard, upload);
    events.state(GRANTED);
    Heard late = new Heard(time);
    events.add(late, upload);
    threads.runAll();
    for (int i = 0; i < 998; i++) {
      time.advanceMillis(1);
      bytesMove();
      threads.runAll();
    }
    time.advanceMillis(1);
    committed = 1_000_000;
    events.end(UploadListener::onCancelled);
    threads.runAll();
    assertAtMostTenASecond(late);
  }

  private static void assertAtMostTenASecond(Heard listener) {
    List<Long> times = listener.progressTimes();
    for (int i = 10; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 10)).isGreaterThanOrEqualTo(1_000_000_000L);
    }
  }

  @Test
  void aLateListenerHearsTheStateAndTheProgressAtOnce() {
    StateChange waiting =
        new StateChange(UploadState.TRANSFERRING, UploadState.WAITING, WaitReason.OFFLINE);
    events.state(GRANTED);
    events.state(waiting);
    committed = 7;
    events.add(heard, upload);
    assertThat(words()).containsExactly("started", "WAITING to WAITING", "progress 7");
  }

  /** Such as one with a short queue, or one of a screen that is being turned. */
  @Test
  void progressGoesOnWhenAnExecutorThatWasFullTakesTasksAgain() {
    AtomicBoolean full = new AtomicBoolean();
    UploadEvents toldLate =
        new UploadEvents(
            task -> {
              if (full.get()) {
                throw new RejectedExecutionException("full");
              }
              threads.execute(task);
            },
            () -> new UploadProgress(committed, 0, 1000, 0, fraction),
            time,
            UploadContext.NONE);
    toldLate.add(heard, upload);
    threads.runAll();
    full.set(true);
    committed = 1;
    toldLate.progress();
    full.set(false);
    time.advanceMillis(200);
    toldLate.progress();
    assertThat(words()).containsExactly("started", "progress 1");
    committed = 2;
    time.advanceMillis(200);
    toldLate.progress();
    assertThat(words()).containsExactly("started", "progress 1", "progress 2");
  }

  @Test
  void aListenerThatComesAfterTheEndHearsTheEnd() {
    events.state(GRANTED);
    events.end(UploadListener::onCancelled);
    events.add(heard, upload);
    assertThat(words()).containsExactly("started", "cancelled");
  }

  static List<Throwable> thrown() {
    List<Throwable> all = new ArrayList<>();
    all.add(new IllegalStateException("on purpose"));
    all.add(new AssertionError("on purpose"));
    all.add(new NoClassDefFoundError("on purpose"));
    // what Kotlin's TODO() throws is an Error, and Kotlin lets checked exceptions out
    all.add(new Error("on purpose"));
    all.add(new Exception("on purpose"));
    return all;
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void aListenerThatThrowsDoesNoHarmToItselfOrOthers(Throwable problem) {
    Heard careless =
        new Heard(time) {
          @Override
          public void onStateChanged(StateChange change) {
            super.onStateChanged(change);
            UploadEventsTest.<RuntimeException>doThrow(problem);
          }

          @Override
          public void onCancelled() {
            super.onCancelled();
            UploadEventsTest.<RuntimeException>doThrow(problem);
          }
        };
    events.add(careless, upload);
    events.add(heard, upload);
    events.state(GRANTED);
    part(1);
    events.end(UploadListener::onCancelled);
    events.end(UploadListener::onCancelled);
    List<String> all =
        List.of("started", "REQUESTED to GRANTED", "part 1", "progress 0", "cancelled");
    assertThat(words()).isEqualTo(all);
    assertThat(careless.words()).isEqualTo(all);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void doThrow(Throwable problem) throws T {
    throw (T) problem;
  }
}
