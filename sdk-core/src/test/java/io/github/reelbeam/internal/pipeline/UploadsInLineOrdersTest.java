package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.AllOrders;
import io.github.reelbeam.HandDrivenExecutor;
import io.github.reelbeam.Play;
import io.github.reelbeam.RecordingListener;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
import java.time.Duration;
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
              Wishes second = world.wishes.get(1);
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
              Wishes second = world.wishes.get(1);
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
              Wishes first = world.wishes.get(0);
              Wishes second = world.wishes.get(1);
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
              Wishes first = world.wishes.get(0);
              Wishes second = world.wishes.get(1);
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
              Wishes first = world.begin();
              world.play.actor(world::endOther, world::passOn);
              world.play.actor(first::pause, first::resume, first::pause);
              world.play.actor(first::resume);
              world.play();
            });
    ways +=
        AllOrders.explore(
            orders -> {
              World world = new World(orders);
              Wishes first = world.begin();
              Wishes second = world.begin();
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
              Wishes second = world.wishes.get(1);
              Wishes third = world.wishes.get(2);
              world.play.actor(
                  () -> third.upload.prioritize(UploadPriority.HIGH),
                  () -> third.upload.prioritize(UploadPriority.LOW));
              world.play.actor(second::pause, second::resume);
              world.play();
            });
    assertThat(ways).isGreaterThan(100);
  }

  /** What is wanted of one upload, and what has to come of it. */
  private static final class Wishes {
    final RecordingListener listener = new RecordingListener();
    final StoredUpload stored;
    final LiveUpload upload;
    private UploadState wanted = UploadState.NOTIFIED;
    private boolean told;

    Wishes(Play play, HandDrivenExecutor events, CountingScheduler scheduler, Turns turns) {
      this.stored =
          new StoredUpload(
              asset -> notified(play, asset), Runnable::run, play, events, scheduler, turns);
      this.upload = stored.upload;
      upload.addListener(listener);
      upload.start();
    }

    private String notified(Play play, VideoAsset asset) {
      assertThat(asset.eTag()).isEqualTo("etag");
      play.meanwhile();
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

    void verify() {
      UploadState end = told ? UploadState.NOTIFIED : wanted;
      assertThat(upload.state()).isEqualTo(end);
      boolean ended = end != UploadState.PAUSED;
      assertThat(stored.ends).hasValue(ended ? 1 : 0);
      assertThat(upload.completion().isDone()).isEqualTo(ended);
      boolean kept = end == UploadState.PAUSED || end == UploadState.FAILED;
      assertThat(stored.journal.entries()).hasSize(kept ? 1 : 0);
      assertThat(listener.states()).last().isEqualTo(end);
      if (ended) {
        try {
          listener.verifyIfStarted();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /**
   * One run. The scheduler is shared, so that two passes at a time are seen as an overlap. Somebody
   * else may have the turn at first.
   */
  private static final class World {
    final Play play;
    final List<Wishes> wishes = new ArrayList<>();
    private final Turns turns = new Turns(1);
    private final CountingScheduler scheduler = CountingScheduler.withoutDelay();
    private final HandDrivenExecutor events = new HandDrivenExecutor();

    private final Turns.Place other = turns.arrive(UploadPriority.NORMAL, () -> {});
    private Runnable next = () -> {};

    World(AllOrders orders, int uploads) {
      this.play = new Play(orders);
      for (int i = 0; i < uploads; i++) {
        begin();
      }
    }

    World(AllOrders orders) {
      this(orders, 0);
      assertThat(turns.ask(other)).isTrue();
    }

    Wishes begin() {
      Wishes one = new Wishes(play, events, scheduler, turns);
      wishes.add(one);
      return one;
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
      wishes.forEach(Wishes::verify);
      assertThat(scheduler.ticks()).as("ticks that go on").isZero();
      assertThat(scheduler.overlaps()).as("uploads at work without a turn").isZero();
      Turns.Place later = turns.arrive(UploadPriority.LOW, () -> {});
      assertThat(turns.ask(later)).as("the turn is free at the end").isTrue();
      scheduler.shutdownNow();
    }
  }
}
