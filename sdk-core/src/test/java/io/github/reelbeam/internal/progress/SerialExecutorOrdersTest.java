package io.github.reelbeam.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.AllOrders;
import io.github.reelbeam.Play;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Every order in which tasks can be given, begin and end, on threads that may be refused. */
class SerialExecutorOrdersTest {

  @Test
  void tasksOfTwoSenders() {
    int ways =
        AllOrders.explore(
            orders -> {
              Senders senders = new Senders(orders);
              senders.add("a", 3);
              senders.add("b", 2);
              senders.play();
              senders.verifyAllRan();
            });
    assertThat(ways).isGreaterThan(1000);
  }

  @Test
  void anExecutorThatRefusesAndTakesAgain() {
    int ways =
        AllOrders.explore(
            orders -> {
              Senders senders = new Senders(orders);
              senders.refusalsLeft = 2;
              senders.add("a", 2);
              senders.add("b", 2);
              senders.play();
              senders.verifyWhatCameAfterTheLastRefusalRan();
              // what it refused comes with the next that it takes
              senders.refusalsLeft = 0;
              senders.send("a");
              senders.play();
              senders.verifyAllRan();
            });
    assertThat(ways).isGreaterThan(100);
  }

  private static final class Senders {
    final Play play;
    private final SerialExecutor serial;
    private final List<String> sent = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();
    private int inside;
    private int refusalsLeft;
    private int sentAtRefusal;

    Senders(AllOrders orders) {
      this.play = new Play(orders);
      this.serial = new SerialExecutor(this::execute);
    }

    private void execute(Runnable task) {
      if (refusalsLeft > 0 && play.choose(2) == 1) {
        refusalsLeft--;
        sentAtRefusal = sent.size();
        play.meanwhile();
        throw new RejectedExecutionException("on purpose");
      }
      play.execute(task);
    }

    void add(String sender, int tasks) {
      Runnable[] steps = new Runnable[tasks];
      for (int i = 0; i < tasks; i++) {
        steps[i] = () -> send(sender);
      }
      play.actor(steps);
    }

    void send(String sender) {
      String name = sender + sent.size();
      sent.add(name);
      serial.execute(() -> run(name));
    }

    private void run(String name) {
      assertThat(++inside).as("tasks at a time").isEqualTo(1);
      play.meanwhile();
      ran.add(name);
      inside--;
    }

    void play() {
      play.run();
      assertThat(inside).isZero();
    }

    /** A refusal is for what was there when it was asked, and not for what came a moment later. */
    void verifyWhatCameAfterTheLastRefusalRan() {
      if (sent.size() > sentAtRefusal) {
        verifyAllRan();
      }
    }

    void verifyAllRan() {
      assertThat(ran).containsExactlyElementsOf(sent);
    }
  }
}
