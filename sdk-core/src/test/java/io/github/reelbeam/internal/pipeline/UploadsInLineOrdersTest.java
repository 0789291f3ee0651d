package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.AllOrders;
import io.github.reelbeam.HandDrivenExecutor;
import io.github.reelbeam.Play;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.VideoAsset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every order in which uploads that share one turn can be paused, resumed, cancelled and closed
 * while they wait for it, have just got it, or pass it on.
 */
class UploadsInLineOrdersTest {

  @Test
  void theOneThatWaitsIsPausedAndResumed() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders, 2);
              WishedUpload second = world.uploads.get(1);
              world.play.actor(second::pause, second::resume, second::pause);
              world.play.actor(second::resume);
              world.play();
            });
    assertThat(ways).isGreaterThan(100);
  }

  @Test
  void theOneThatWaitsIsCancelled() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders, 2);
              WishedUpload second = world.uploads.get(1);
              world.play.actor(second::pause, second::resume);
              world.play.actor(second::cancel);
              world.play();
            });
    assertThat(ways).isGreaterThan(100);
  }

  @Test
  void allAreClosed() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders, 2);
              WishedUpload first = world.uploads.get(0);
              WishedUpload second = world.uploads.get(1);
              world.play.actor(second::pause, second::resume);
              world.play.actor(first::close, second::close);
              world.play();
            });
    assertThat(ways).isGreaterThan(100);
  }

  @Test
  void theOneThatIsAtWorkMakesRoomAndComesBack() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders, 2);
              WishedUpload first = world.uploads.get(0);
              WishedUpload second = world.uploads.get(1);
              world.play.actor(first::pause, first::resume);
              world.play.actor(second::cancel);
              world.play();
            });
    assertThat(ways).isGreaterThan(100);
  }

  /** What is wanted comes before, after and between the end of another one and the word of it. */
  @Test
  void itsTurnHasComeButItDoesNotKnowYet() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders);
              WishedUpload first = world.begin();
              world.play.actor(world::endOther, world::passOn);
              world.play.actor(first::pause, first::resume, first::pause);
              world.play.actor(first::resume);
              world.play();
            });
    ways +=
        AllOrders.explore(
            orders -> {
              World world = new World(orders);
              WishedUpload first = world.begin();
              WishedUpload second = world.begin();
              world.play.actor(world::endOther, world::passOn);
              world.play.actor(first::pause, first::cancel);
              world.play.actor(second::close);
              world.play();
            });
    assertThat(ways).isGreaterThan(100);
  }

  @Test
  void thePriorityChanges() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders, 3);
              WishedUpload second = world.uploads.get(1);
              WishedUpload third = world.uploads.get(2);
              world.play.actor(
                  () -> third.upload.prioritize(UploadPriority.HIGH),
                  () -> third.upload.prioritize(UploadPriority.LOW));
              world.play.actor(second::pause, second::resume);
              world.play();
            });
    assertThat(ways).isGreaterThan(100);
  }

  /**
   * One run. The scheduler is shared, so that two passes at a time are seen as an overlap. Somebody
   * else may have the turn at first.
   */
  private static final class World {
    final Play play;
    final List<WishedUpload> uploads = new ArrayList<>();
    private final Turns turns = new Turns(1);
    private final CountingScheduler scheduler = CountingScheduler.withoutDelay();
    private final HandDrivenExecutor events = new HandDrivenExecutor();

    private final Turns.Place other = turns.arrive(UploadPriority.NORMAL, () -> {});
    private Runnable next = () -> {};

    World(AllOrders orders, int count) {
      this.play = new Play(orders);
      for (int i = 0; i < count; i++) {
        begin();
      }
    }

    World(AllOrders orders) {
      this(orders, 0);
      assertThat(turns.ask(other)).isTrue();
    }

    WishedUpload begin() {
      WishedUpload one = new WishedUpload(this::isTold, play, events, scheduler, turns);
      uploads.add(one);
      return one;
    }

    private void isTold(WishedUpload told, VideoAsset asset) {
      assertThat(asset.eTag()).isEqualTo("etag");
      play.meanwhile();
    }

    void endOther() {
      next = turns.giveBack(other);
    }

    void passOn() {
      next.run();
    }

    void play() {
      play.run();
      events.runAll();
      uploads.forEach(WishedUpload::verify);
      assertThat(scheduler.ticks()).as("ticks that go on").isZero();
      assertThat(scheduler.overlaps()).as("uploads at work without a turn").isZero();
      Turns.Place later = turns.arrive(UploadPriority.LOW, () -> {});
      assertThat(turns.ask(later)).as("the turn is free at the end").isTrue();
      scheduler.shutdownNow();
    }
  }
}
