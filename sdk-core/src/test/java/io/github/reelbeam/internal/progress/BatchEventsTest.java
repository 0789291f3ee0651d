package io.github.reelbeam.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.BatchProgress;
import io.github.reelbeam.HandDrivenExecutor;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadBatch.Result;
import io.github.reelbeam.UploadBatchListener;
import io.github.reelbeam.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchEventsTest {
  private final VirtualTime time = new VirtualTime();
  private final HandDrivenExecutor threads = new HandDrivenExecutor();
  private final Later later = new Later();
  private final Words heard = new Words();
  private final Upload upload = new StubUpload();
  private long committed;

  @AfterEach
  void stopScheduler() {
    later.shutdownNow();
  }

  private BatchEvents events(UploadBatchListener... listeners) {
    return new BatchEvents(threads, later, this::progress, time, List.of(listeners));
  }

  private BatchProgress progress() {
    return new BatchProgress(0, 0, 0, 1, committed, 0, 100 - committed, 100, 0, committed / 100.0);
  }

  private void bytesMove(BatchEvents events) {
    committed++;
    events.progress();
  }

  private static void end(BatchEvents events) {
    Result result = new Result(List.of(), List.of(), List.of());
    events.end(l -> l.onEnded(result));
  }

  private List<String> words() {
    threads.runAll();
    return heard.words;
  }

  @Test
  void tellsEverythingInItsOrderAndNothingAfterTheEnd() {
    BatchEvents events = events(heard);
    bytesMove(events);
    events.emit(l -> l.onFileCancelled(upload));
    threads.runAll();
    committed = 7;
    end(events);
    assertThat(words()).containsExactly("progress 1", "cancelled", "progress 7", "ended");
    events.emit(l -> l.onFileCancelled(upload));
    bytesMove(events);
    end(events);
    assertThat(words()).hasSize(4);
  }

  @Test
  void whatMovesTooSoonIsToldOnceAndLater() {
    BatchEvents events = events(heard);
    bytesMove(events);
    threads.runAll();
    bytesMove(events);
    threads.runAll();
    bytesMove(events);
    assertThat(words()).containsExactly("progress 1");
    time.advance(Duration.ofMillis(126));
    later.run();
    assertThat(words()).containsExactly("progress 1", "progress 3");
  }

  @Test
  void looksAtNothingWhereNobodyListens() {
    BatchEvents events = events();
    bytesMove(events);
    assertThat(threads.waiting()).isZero();
  }

  @Test
  void aLateListenerHearsHowFarTheyAreAndWhatComesFromThenOn() {
    BatchEvents events = events();
    bytesMove(events);
    events.emit(l -> l.onFileCancelled(upload));
    events.add(heard);
    assertThat(words()).containsExactly("progress 1");
    events.emit(l -> l.onFileCancelled(upload));
    bytesMove(events);
    end(events);
    assertThat(words()).containsExactly("progress 1", "cancelled", "progress 2", "ended");
  }

  @Test
  void aLateListenerIsToldBesideThoseThatHeardItBefore() {
    Words first = new Words();
    BatchEvents events = events(first);
    bytesMove(events);
    threads.runAll();
    events.add(heard);
    assertThat(words()).containsExactly("progress 1");
    assertThat(first.words).containsExactly("progress 1");
  }

  @Test
  void aListenerThatComesAfterTheEndHearsTheEnd() {
    BatchEvents events = events();
    end(events);
    threads.runAll();
    events.add(heard);
    assertThat(words()).containsExactly("ended");
  }

  @Test
  void aListenerThatThrowsHarmsNoOther() {
    UploadBatchListener broken =
        new UploadBatchListener() {
          @Override
          public void onProgress(BatchProgress progress) {
            throw new IllegalStateException("on purpose");
          }
        };
    BatchEvents events = events(broken, heard);
    bytesMove(events);
    threads.runAll();
    events.add(broken);
    end(events);
    assertThat(words()).containsExactly("progress 1", "ended");
  }

  /** Remembers what it hears. */
  private static final class Words implements UploadBatchListener {
    private final List<String> words = new ArrayList<>();

    @Override
    public void onProgress(BatchProgress progress) {
      words.add("progress " + progress.committedBytes());
    }

    @Override
    public void onFileCancelled(Upload upload) {
      words.add("cancelled");
    }

    @Override
    public void onEnded(Result result) {
      words.add("ended");
    }
  }

  /** What is to come later comes when the test says so. */
  private static final class Later extends ScheduledThreadPoolExecutor {
    private final List<Runnable> waiting = new ArrayList<>();

    Later() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      waiting.add(command);
      return super.schedule(() -> {}, 1, TimeUnit.DAYS);
    }

    void run() {
      List<Runnable> due = List.copyOf(waiting);
      waiting.clear();
      due.forEach(Runnable::run);
    }
  }
}
