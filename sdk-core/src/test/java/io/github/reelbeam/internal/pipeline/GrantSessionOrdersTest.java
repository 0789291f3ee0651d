package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.AllOrders;
import io.github.reelbeam.Play;
import io.github.reelbeam.VirtualTime;
import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.CredentialsFetcher.Renewal;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every order in which a few can ask for credentials while they are taken away, run out, and are
 * renewed, with or without success.
 */
class GrantSessionOrdersTest {
  private static final Duration VALID = Duration.ofHours(1);

  @Test
  void invalidatedWhileOthersAsk() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders);
              world.play.actor(world::ask, world::ask);
              world.play.actor(world::ask);
              world.play.actor(world::invalidate, world::ask);
              world.play();
            });
    assertThat(ways).isGreaterThan(1000);
  }

  @Test
  void invalidatedTwice() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders);
              world.session.accept(world.grant());
              world.play.actor(world::ask);
              world.play.actor(world::invalidate, world::ask, world::invalidate, world::ask);
              world.play();
            });
    assertThat(ways).isGreaterThan(100);
  }

  @Test
  void renewalsThatFail() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders);
              world.mayFail = true;
              world.play.actor(world::ask, world::ask);
              world.play.actor(world::ask, world::invalidate, world::ask);
              world.play();
            });
    assertThat(ways).isGreaterThan(1000);
  }

  @Test
  void runningOutWhileOthersAsk() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders);
              world.mayFail = true;
              world.session.accept(world.grant());
              world.time.advance(Duration.ofMinutes(54));
              // from served at once, by renewed ahead, to waiting
              world.play.actor(
                  () -> world.time.advance(Duration.ofMinutes(4)),
                  () -> world.time.advance(Duration.ofMinutes(4)));
              world.play.actor(world::ask, world::ask);
              world.play.actor(world::askAndCancel, world::ask);
              world.play();
            });
    assertThat(ways).isGreaterThan(1000);
  }

  @Test
  void anExecutorThatRefuses() {
    int ways =
        AllOrders.explore(
            orders -> {
              World world = new World(orders);
              world.play.mayRefuse(2);
              world.play.actor(world::ask, world::ask);
              world.play.actor(world::ask);
              world.play.actor(world::invalidate, world::ask);
              world.play();
            });
    assertThat(ways).isGreaterThan(1000);
  }

  /** One run: a session, a backend, and what has to hold for each who asks. */
  private static final class World implements CredentialsFetcher {
    final VirtualTime time = new VirtualTime();
    final Play play;
    final GrantSession session;
    boolean mayFail;

    private final List<Asked> all = new ArrayList<>();
    private final Map<Throwable, Integer> failedAt = new HashMap<>();
    // what has been given out: when, and how many invalidations there were when it was asked for
    private final List<Long> givenAt = new ArrayList<>();
    private final List<Integer> askedAfter = new ArrayList<>();
    private int invalidations;
    private int renewing;
    private int endedRenewals;

    World(AllOrders orders) {
      this.play = new Play(orders);
      this.session =
          new GrantSession(
              this, new Renewal("bucket", "key", null), play, time, grant -> play.meanwhile());
    }

    /** One who asked, and what was so then. */
    private record Asked(
        CompletableFuture<TemporaryCredentials> answer, int invalidations, long at, int renewals) {}

    UploadGrant grant() {
      return grant(invalidations);
    }

    private UploadGrant grant(int after) {
      givenAt.add(time.getAsLong());
      askedAfter.add(after);
      return new UploadGrant(
          new TemporaryCredentials(
              Integer.toString(givenAt.size() - 1), "secret", "session", Instant.EPOCH),
          "bucket",
          "key",
          "region",
          null,
          false,
          null,
          VALID);
    }

    @Override
    public UploadGrant renew(Renewal renewal) {
      assertThat(++renewing).as("renewals at a time").isEqualTo(1);
      int before = invalidations;
      play.meanwhile();
      renewing--;
      endedRenewals++;
      if (mayFail && play.choose(2) == 1) {
        IllegalStateException failure = new IllegalStateException("on purpose");
        failedAt.put(failure, endedRenewals);
        throw failure;
      }
      return grant(before);
    }

    @Override
    public UploadGrant issue(Request request) {
      throw new UnsupportedOperationException();
    }

    void invalidate() {
      session.invalidate();
      invalidations++;
    }

    void ask() {
      int before = invalidations;
      long now = time.getAsLong();
      int renewals = endedRenewals;
      all.add(new Asked(session.credentials(), before, now, renewals));
    }

    void askAndCancel() {
      session.credentials().cancel(true);
    }

    void play() {
      play.run();
      assertThat(all).isNotEmpty().allSatisfy(this::check);
      // whatever has happened: who asks now is served
      mayFail = false;
      play.mayRefuse(0);
      ask();
      play.run();
      Asked last = all.get(all.size() - 1);
      check(last);
      assertThat(last.answer).isCompleted();
    }

    private void check(Asked asked) {
      assertThat(asked.answer).as("nobody waits for ever").isDone();
      Throwable failure = asked.answer.handle((credentials, problem) -> problem).join();
      if (failure != null) {
        checkFailure(asked, failure.getCause());
        return;
      }
      int number = Integer.parseInt(asked.answer.join().accessKeyId());
      assertThat(askedAfter.get(number))
          .as("invalidations before it was asked for")
          .isGreaterThanOrEqualTo(asked.invalidations);
      assertThat(asked.at - givenAt.get(number))
          .as("its age when it was served")
          .isLessThan(VALID.toNanos());
    }

    private void checkFailure(Asked asked, @Nullable Throwable failure) {
      if (failure instanceof RejectedExecutionException) {
        return;
      }
      assertThat(failedAt).as("failures of renewals").containsKey(failure);
      assertThat(failedAt.get(failure))
          .as("the renewal that failed, and those that had ended before")
          .isGreaterThan(asked.renewals);
    }
  }
}
