package io.github.reelbeam.crash;

import java.util.HashMap;
import java.util.Map;

/**
 * Every moment at which a process can die: right before and right after each change of the journal
 * and each effect on a server. Each one passed is printed, under a name that no other has; at the
 * fatal one the JVM halts, without a shutdown hook and without unwinding.
 */
final class CrashPoints {
  static final String NONE = "none";
  static final int KILLED = 137;

  private final String fatal;
  private final Map<String, Integer> passed = new HashMap<>();

  CrashPoints(String fatal) {
    this.fatal = fatal;
  }

  void before(String action) {
    pass("before " + action);
  }

  void after(String action) {
    pass("after " + action);
  }

  /** Only one thread at a time: once one has come to the fatal point, no other passes any. */
  private synchronized void pass(String point) {
    int times = passed.merge(point, 1, Integer::sum);
    String name = times == 1 ? point : point + " #" + times;
    System.out.println(name);
    if (name.equals(fatal)) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
