package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.AllOrders;
import io.github.reelbeam.HandDrivenExecutor;
import io.github.reelbeam.NotificationException;
import io.github.reelbeam.Play;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
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
              world.play.actor(world.upload::pause, world.upload::resume, world.upload::pause);
              world.play.actor(world.upload::resume);
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
              world.play.actor(world.upload::pause, world.upload::resume);
              world.play.actor(world.upload::cancel, world.upload::resume);
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
              world.play.actor(world.upload::pause, world.upload::resume);
              world.play.actor(world.upload::cancel);
              world.play.actor(world.upload::close);
              world.play();
            });
    assertThat(ways).isGreaterThan(100);
  }

  /** One run: an upload, and what is wanted of it. The backend may be busy twice. */
  private static final class World {
    final Play play;
    private final CountingScheduler scheduler = CountingScheduler.withoutDelay();
    private final HandDrivenExecutor events = new HandDrivenExecutor();
    private final WishedUpload upload;
    private int busyLeft = 2;

    World(AllOrders orders) {
      this.play = new Play(orders);
      this.upload = new WishedUpload(this::isTold, play, events, scheduler, new Turns(1));
    }

    private void isTold(WishedUpload told, VideoAsset asset) {
      assertThat(told.wanted()).as("what is wanted in a pass").isEqualTo(UploadState.NOTIFIED);
      play.meanwhile();
      if (busyLeft > 0 && play.choose(2) == 1) {
        busyLeft--;
        throw new NotificationException(
            "busy", new Details(null, Stage.NOTIFY, true, null), asset, 503, null, null);
      }
    }

    void play() {
      play.run();
      events.runAll();
      upload.verify();
      assertThat(scheduler.ticks()).as("ticks that go on").isZero();
      assertThat(scheduler.overlaps()).as("passes that overlap").isZero();
      scheduler.shutdownNow();
    }
  }
}
