package io.github.reelbeam;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a scenario once for each way in which it can go. Whenever it could go on in several ways it
 * asks {@link #choose}; the next run answers differently, until every answer was given once. All
 * happens on one thread, so that a way can be gone again.
 */
public final class AllOrders {
  private final List<Integer> chosen = new ArrayList<>();
  private final List<Integer> outOf = new ArrayList<>();
  private int depth;

  private AllOrders() {}

  /**
   * Explores them all.
   *
   * @return how many there are
   * @throws AssertionError at the first that fails, with the choices that led there
   */
  public static int explore(Consumer<AllOrders> scenario) {
    AllOrders orders = new AllOrders();
    int explored = 0;
    do {
      orders.depth = 0;
      try {
        scenario.accept(orders);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("way " + explored + ", choices " + orders.chosen, e);
      }
      explored++;
    } while (orders.next());
    return explored;
  }

  /** Which of so many ways to go: from 0 to one less than that. */
  public int choose(int ways) {
    if (ways < 2) {
      return 0;
    }
    if (depth == chosen.size()) {
      chosen.add(0);
      outOf.add(ways);
    } else if (outOf.get(depth) != ways) {
      throw new IllegalStateException("the scenario does not repeat itself");
    }
    return chosen.get(depth++);
  }

  /** Goes to the next way; returns whether there is one. */
  private boolean next() {
    for (int last = chosen.size() - 1; last >= 0; last--) {
      if (chosen.get(last) + 1 < outOf.get(last)) {
        chosen.set(last, chosen.get(last) + 1);
        return true;
      }
      chosen.remove(last);
      outOf.remove(last);
    }
    return false;
  }
}
