package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.AllOrders;
import io.github.reelbeam.HandDrivenExecutor;
import io.github.reelbeam.NotificationException;
import io.github.reelbeam.Play;
import io.github.reelbeam.RecordingListener;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Every order in which an upload can be paused, resumed, cancelled and closed while its worker is
 * at work, idle, or about to begin or to end.
 */
class LiveUploadOrdersTest {

  @Test
  void pausedAndResumed() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders);
              world.play.actor(world::pause, world::resume, world::pause);
              world.play.actor(world::resume);
              world.play();
            });
    assertThat(ways).isGreaterThan(100);
  }

  @Test
  void cancelledMeanwhile() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders);
              world.play.actor(world::pause, world::resume);
              world.play.actor(world::cancel, world::resume);
              world.play();
            });
    assertThat(ways).isGreaterThan(100);
  }

  @Test
  void closedMeanwhile() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders);
              world.play.actor(world::pause, world::resume);
              world.play.actor(world::cancel);
              world.play.actor(world::close);
              world.play();
            });
    assertThat(ways).isGreaterThan(100);
  }

  /** One run: an upload, and what is wanted of it. */
  private static final class World {
    final Play play;
    private final CountingScheduler scheduler = CountingScheduler.withoutDelay();
    private final HandDrivenExecutor events = new HandDrivenExecutor();
    private final RecordingListener listener = new RecordingListener();
    private final StoredUpload stored;
    private final LiveUpload upload;

    // what has to come of it: the last wish, but nothing comes after a cancel or a close
    private UploadState wanted = UploadState.NOTIFIED;
    private int busyLeft = 2;
    private boolean told;

    World(AllOrders orders) {
      this.play = new Play(orders);
      this.stored = new StoredUpload(this::notified, Runnable::run, play, events, scheduler);
      this.upload = stored.upload;
      upload.addListener(listener);
      upload.start();
    }

    private String notified(VideoAsset asset) {
      assertThat(wanted).as("what is wanted when a pass goes on").isEqualTo(UploadState.NOTIFIED);
      play.meanwhile();
      if (busyLeft > 0 && play.choose(2) == 1) {
        busyLeft--;
        throw new NotificationException(
            "busy", new Details(null, Stage.NOTIFY, true, null), asset, 503, null, null);
      }
      told = true;
      return "{}";
    }

    private void want(UploadState next) {
      boolean isFinal = wanted == UploadState.CANCELLED || wanted == UploadState.FAILED;
      if (!isFinal && !upload.completion().isDone()) {
        wanted = next;
      }
    }

    void pause() {
      upload.pause();
      want(UploadState.PAUSED);
    }

    void resume() {
      upload.resume();
      want(UploadState.NOTIFIED);
    }

    void cancel() {
      upload.cancel();
      want(UploadState.CANCELLED);
    }

    void close() {
      upload.close(Duration.ZERO);
      want(UploadState.FAILED);
    }

    void play() {
      play.run();
      events.runAll();
      // who is told in the middle of a stop has been told: there is no way back from that
      UploadState end = told ? UploadState.NOTIFIED : wanted;
      assertThat(upload.state()).isEqualTo(end);
      assertThat(scheduler.ticks()).as("ticks that go on").isZero();
      assertThat(scheduler.overlaps()).as("passes that overlap").isZero();
      boolean ended = end != UploadState.PAUSED;
      assertThat(stored.ends).hasValue(ended ? 1 : 0);
      assertThat(upload.completion().isDone()).isEqualTo(ended);
      boolean kept = end == UploadState.PAUSED || end == UploadState.FAILED;
      assertThat(stored.journal.entries()).hasSize(kept ? 1 : 0);
      verifyEvents(end);
      scheduler.shutdownNow();
    }

    private void verifyEvents(UploadState end) {
      String event =
          switch (end) {
            case NOTIFIED -> "completed";
            case CANCELLED -> "cancelled";
            case FAILED -> "failed";
            default -> null;
          };
      try {
        if (event != null) {
          listener.verify(event);
        } else {
          assertThat(listener.states()).last().isEqualTo(UploadState.PAUSED);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
