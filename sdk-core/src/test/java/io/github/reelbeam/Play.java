package io.github.reelbeam;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Several actors with steps to take, each in its own order, mixed in one of {@link AllOrders}. As
 * an executor it may run what it is given at any later time. A step that stands for something long
 * calls {@link #meanwhile}, and others come in between.
 */
public final class Play implements Executor {
  private final AllOrders orders;
  private final List<Deque<Runnable>> actors = new ArrayList<>();
  private int refusalsLeft;

  public Play(AllOrders orders) {
    this.orders = orders;
  }

  /** Somebody who takes these steps, one after another. */
  public void actor(Runnable... steps) {
    actors.add(new ArrayDeque<>(List.of(steps)));
  }

  /** As an executor it may refuse so many tasks, whichever. */
  public void mayRefuse(int tasks) {
    refusalsLeft = tasks;
  }

  public int choose(int ways) {
    return orders.choose(ways);
  }

  @Override
  public void execute(Runnable task) {
    if (refusalsLeft > 0 && choose(2) == 1) {
      refusalsLeft--;
      throw new RejectedExecutionException("on purpose");
    }
    actor(task);
  }

  /** Goes on until nobody has a step left. */
  public void run() {
    for (List<Deque<Runnable>> next = ready(); !next.isEmpty(); next = ready()) {
      next.get(choose(next.size())).remove().run();
    }
  }

  /** Lets others take some of their steps, from none to all. */
  public void meanwhile() {
    for (List<Deque<Runnable>> next = ready(); !next.isEmpty(); next = ready()) {
      int choice = choose(next.size() + 1);
      if (choice == 0) {
        return;
      }
      next.get(choice - 1).remove().run();
    }
  }

  private List<Deque<Runnable>> ready() {
    return actors.stream().filter(steps -> !steps.isEmpty()).toList();
  }
}
