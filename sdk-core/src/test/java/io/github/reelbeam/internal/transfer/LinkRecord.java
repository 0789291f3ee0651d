package io.github.reelbeam.internal.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a {@link LinkSimulation} has seen: the limits in force, and what came through when. */
final class LinkRecord {
  private static final double SAMPLE = 0.1;

  /** How many may be in flight, and from when. */
  record Step(double time, int limit) {}

  private final List<Step> steps = new ArrayList<>();
  private final List<Double> deliveredAt = new ArrayList<>();
  private double nextSample;
  private double seconds;
  private int mostInFlight;
  private int refusals;
  private int timeouts;

  /** The limit at a moment, which may be the one there was. */
  void limit(double time, int limit) {
    if (steps.isEmpty() || steps.get(steps.size() - 1).limit != limit) {
      steps.add(new Step(time, limit));
    }
  }

  /** So much has come through by now. */
  void delivered(double now, double bytes) {
    seconds = now;
    if (now >= nextSample) {
      deliveredAt.add(bytes);
      nextSample += SAMPLE;
    }
  }

  /** Nothing has come through since the last moment. */
  void idle(double now, double bytes) {
    seconds = now;
    while (nextSample < now) {
      deliveredAt.add(bytes);
      nextSample += SAMPLE;
    }
  }

  void inFlight(int parts) {
    mostInFlight = Math.max(mostInFlight, parts);
  }

  void refused() {
    refusals++;
  }

  void timedOut() {
    timeouts++;
  }

  /** When the next sample is to be taken. */
  double nextSample() {
    return nextSample;
  }

  double seconds() {
    return seconds;
  }

  int mostInFlight() {
    return mostInFlight;
  }

  int refusals() {
    return refusals;
  }

  int timeouts() {
    return timeouts;
  }

  List<Step> steps() {
    return steps;
  }

  /** Bytes per second that came through from one moment to another. */
  double rate(double from, double to) {
    int a = (int) Math.min(deliveredAt.size() - 1L, Math.round(from / SAMPLE));
    int b = (int) Math.min(deliveredAt.size() - 1L, Math.round(to / SAMPLE));
    return (deliveredAt.get(b) - deliveredAt.get(a)) / ((b - a) * SAMPLE);
  }

  /** The limit at a moment. */
  int limitAt(double time) {
    int limit = steps.get(0).limit;
    for (Step step : steps) {
      if (step.time <= time) {
        limit = step.limit;
      }
    }
    return limit;
  }

  /** The limit that stood longest between two moments. */
  int settled(double from, double to) {
    Map<Integer, Double> stood = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      double begin = Math.max(from, steps.get(i).time);
      double end = i + 1 < steps.size() ? Math.min(to, steps.get(i + 1).time) : to;
      stood.merge(steps.get(i).limit, Math.max(0, end - begin), Double::sum);
    }
    return Collections.max(stood.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  /** When the limit first was so high; infinite if never. */
  double reached(int limit) {
    return reached(limit, 0);
  }

  /** When the limit first was so high after a moment; infinite if never. */
  double reached(int limit, double after) {
    return steps.stream()
        .filter(step -> step.time >= after && step.limit >= limit)
        .mapToDouble(Step::time)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
