package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.UploadPriority;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Whose turn it is: so many have one at a time, the others stand in line, by priority and then by
 * arrival. It only decides, and calls nobody. Safe for use by many threads.
 */
final class Turns {
  private final int most;
  private final NavigableSet<Place> line = new TreeSet<>(Place.FIRST_TO_LAST);
  private int taken;
  private long arrivals;

  /**
   * @param most how many have a turn at a time, 1 or more
   */
  Turns(int most) {
    this.most = most;
  }

  /**
   * Gives a place in the order of arrival, which is kept for good: who leaves and comes back is not
   * behind those who came later.
   *
   * @param turnCame is run when a turn comes that had to be waited for
   */
  synchronized Place arrive(UploadPriority priority, Runnable turnCame) {
    return new Place(arrivals++, priority, turnCame);
  }

  /** Whether the turn is there at once; if not, the place is in line until it comes or leaves. */
  synchronized boolean ask(Place place) {
    // nobody is in line while there is a turn to be had
    if (!place.hasTurn && taken < most) {
      taken++;
      place.hasTurn = true;
    }
    if (!place.hasTurn) {
      line.add(place);
    }
    return place.hasTurn;
  }

  /** Leaves the line; returns false if the place is not there, because its turn has come. */
  synchronized boolean leave(Place place) {
    return line.remove(place);
  }

  /**
   * Gives a turn back, if there is one.
   *
   * @return tells whose turn it is now; to be run whatever happens, but with no lock held
   */
  synchronized Runnable giveBack(Place place) {
    if (!place.hasTurn) {
      return Turns::tellNobody;
    }
    place.hasTurn = false;
    Place next = line.pollFirst();
    if (next == null) {
      taken--;
      return Turns::tellNobody;
    }
    next.hasTurn = true;
    return next.turnCame;
  }

  private static void tellNobody() {}

  /** Goes forward or back in line; a turn that is had is kept. */
  synchronized void prioritize(Place place, UploadPriority priority) {
    boolean inLine = line.remove(place);
    place.priority = priority;
    if (inLine) {
      line.add(place);
    }
  }

  /** Where somebody stands; guarded by the turns. */
  static final class Place {
    private static final Comparator<Place> FIRST_TO_LAST =
        Comparator.<Place, UploadPriority>comparing(place -> place.priority)
            .reversed()
            .thenComparing(place -> place.arrival);

    private final long arrival;
    private final Runnable turnCame;
    private UploadPriority priority;
    private boolean hasTurn;

    private Place(long arrival, UploadPriority priority, Runnable turnCame) {
      this.arrival = arrival;
      this.priority = priority;
      this.turnCame = turnCame;
    }
  }
}
