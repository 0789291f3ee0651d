package io.github.reelbeam.internal.transfer;

import java.util.List;

/**
 * Prints how {@link AdaptiveConcurrency} does on simulated links beside the best fixed number, for
 * whoever changes it; no test. Arguments: nothing or a part of a link's name (and a part size in
 * MiB) for the table, {@code change} for links that change, {@code unseen SEED COUNT} for links
 * drawn by chance, which it was not tuned for.
 */
final class LinkTable {
  private static final int[] NUMBERS = {1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 32, 48, 64};
  private static final long MIB = 1 << 20;

  static List<SimulatedLink> links() {
    return List.of(
        SimulatedLink.of("2 Mbit/s 60 ms", 2, 60),
        SimulatedLink.of("2 Mbit/s, 4+6 MB", 2, 20).buffers(4, 6),
        SimulatedLink.of("2 Mbit/s, 2.6 MB", 2, 20).buffers(2.6, 0),
        SimulatedLink.of("10 Mbit/s 40 ms", 10, 40),
        SimulatedLink.of("10 Mbit/s, 2.6+6 MB", 10, 20).buffers(2.6, 6),
        SimulatedLink.of("100x5 Mbit/s, 2.6 MB", 100, 20).perConnection(5).buffers(2.6, 0),
        SimulatedLink.of("100x5 Mbit/s, 4+6 MB", 100, 20).perConnection(5).buffers(4, 6),
        SimulatedLink.of("100x5 Mbit/s, 20 ms", 100, 20).perConnection(5),
        SimulatedLink.of("100x5 spread .4, 100 ms", 100, 100).perConnection(5).spread(.4),
        SimulatedLink.of("100x1 Mbit/s, 200 ms", 100, 200).perConnection(1),
        SimulatedLink.of("200 Mbit/s 80 ms", 200, 80),
        SimulatedLink.of("200 Mbit/s 80 ms, 2.6+6 MB", 200, 80).buffers(2.6, 6),
        SimulatedLink.of("50 Mbit/s 30 ms", 50, 30),
        SimulatedLink.of("1 Gbit/s 10 ms", 1000, 10),
        SimulatedLink.of("1 Gbit/s 100 ms", 1000, 100),
        SimulatedLink.of("1 Gbit/s x 40, 150 ms, spread", 1000, 150).perConnection(40).spread(.4),
        SimulatedLink.of("loopback 1 GB/s", 8000, .2)
            .perConnection(3000)
            .buffers(2.6, 0)
            .spread(.3),
        SimulatedLink.of("loopback 1 GB/s, gap 1 ms", 8000, .2)
            .perConnection(3000)
            .buffers(2.6, 0)
            .gap(.001),
        SimulatedLink.of("503 above 10, 5 each", 1000, 40).perConnection(5).storeLimit(10),
        SimulatedLink.of("503 above 5", 1000, 40).perConnection(20).storeLimit(5),
        SimulatedLink.of("4 rivals, 20 Mbit/s", 20, 40).rivals(4));
  }

  /** Bytes per second once all has settled. */
  private static double steady(LinkSimulation s, double seconds, long size) {
    return s.run(1_000_000, size, seconds).seen().rate(seconds * 0.4, seconds);
  }

  static void change(SimulatedLink link, double seconds) {
    AdaptiveConcurrency a = new AdaptiveConcurrency(64);
    LinkRecord s = new LinkSimulation(link, a).run(1_000_000, 8 * MIB, seconds).seen();
    StringBuilder steps = new StringBuilder();
    s.steps().forEach(x -> steps.append(String.format(" %d@%.1f", x.limit(), x.time())));
    StringBuilder rates = new StringBuilder();
    for (double t = 0; t < seconds; t += seconds / 20) {
      rates.append(String.format(" %.2f", s.rate(t, t + seconds / 20) / 1e6));
    }
    System.out.printf("%s: %s%n   MB/s:%s%n", link, steps, rates);
  }

  /** Links that nobody tuned for. */
  static void unseen(long first, int count) {
    for (long seed = first; seed < first + count; seed++) {
      java.util.SplittableRandom r = new java.util.SplittableRandom(seed);
      double megabits = Math.exp(Math.log(2) + r.nextDouble() * Math.log(400));
      double rtt = 5 + r.nextDouble() * 200;
      SimulatedLink link = SimulatedLink.of("", megabits, rtt).seed(seed);
      double per = 0;
      if (r.nextInt(3) > 0) {
        per = megabits / (1 + r.nextDouble() * 30);
        link.perConnection(per);
      }
      double send = 0;
      double receive = 0;
      if (r.nextInt(3) == 0) {
        send = 0.2 + r.nextDouble() * 4;
        receive = r.nextBoolean() ? r.nextDouble() * 6 : 0;
        link.buffers(send, receive);
      }
      double spread = r.nextInt(2) * r.nextDouble() * 0.6;
      link.spread(spread);
      int rivals = r.nextInt(5) == 0 ? 1 + r.nextInt(3) : 0;
      if (rivals > 0) {
        link.rivals(rivals);
      }
      long size = new long[] {1, 5, 8, 16}[r.nextInt(4)] * MIB;
      double part = size * 8 / 1e6 / (per > 0 ? per : megabits);
      double seconds = Math.min(900, 60 + 40 * part);
      double fastest = 0;
      int fast = 0;
      for (int n : NUMBERS) {
        double f = steady(new LinkSimulation(link, n), seconds, size);
        if (f > fastest * 1.01) {
          fastest = f;
          fast = n;
        }
      }
      LinkSimulation l = new LinkSimulation(link, new AdaptiveConcurrency(64));
      double f = steady(l, seconds, size);
      StringBuilder steps = new StringBuilder();
      l.seen().steps().stream()
          .limit(12)
          .forEach(x -> steps.append(String.format(" %d@%.1f", x.limit(), x.time())));
      System.out.printf(
          "%4d: %6.1f Mbit/s, each %5.1f, %3.0f ms, %.1f+%.1f MB, spread %.2f, %d rivals, %2d MiB | %4.0f%% of best (n=%d), limit %d, most %d:%s%n",
          seed,
          megabits,
          per,
          rtt,
          send,
          receive,
          spread,
          rivals,
          size / MIB,
          100 * f / fastest,
          fast,
          l.seen().limitAt(seconds),
          l.seen().mostInFlight(),
          steps);
    }
  }

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("unseen")) {
      unseen(Long.parseLong(args[1]), Integer.parseInt(args[2]));
      return;
    }
    if (args.length > 0 && args[0].equals("change")) {
      for (int k = 0; k < 10; k++) {
        double at = 30 + k / 2.0;
        change(
            SimulatedLink.of("gone for 4 s at " + at, 100, 20)
                .perConnection(5)
                .then(at, 0, 20)
                .then(at + 4, 100, 20)
                .perConnection(5),
            90);
      }
      for (int k = 0; k < 6; k++) {
        double at = 40 + k / 2.0;
        change(
            SimulatedLink.of("100x5 to 10 and back " + at, 100, 20)
                .perConnection(5)
                .then(at, 10, 60)
                .then(200, 100, 20)
                .perConnection(5),
            260);
      }
      change(
          SimulatedLink.of("wifi 100x5 to mobile 10 and back", 100, 20)
              .perConnection(5)
              .then(60, 10, 60)
              .then(180, 100, 20)
              .perConnection(5),
          300);
      change(
          SimulatedLink.of("wifi 100 to mobile 4 and back", 100, 20)
              .then(60, 4, 60)
              .then(180, 100, 20),
          300);
      change(
          SimulatedLink.of("mobile 4 to wifi 100x5", 4, 60).then(60, 100, 20).perConnection(5),
          200);
      change(
          SimulatedLink.of("rivals come and go", 50, 40)
              .perConnection(8)
              .then(60, 50, 40)
              .rivals(6)
              .then(140, 50, 40),
          200);
      change(
          SimulatedLink.of("outage 4 s", 100, 20)
              .perConnection(5)
              .then(40, 0, 20)
              .then(44, 100, 20)
              .perConnection(5),
          100);
      change(
          SimulatedLink.of("outage 40 s", 100, 20)
              .perConnection(5)
              .then(40, 0, 20)
              .then(80, 100, 20)
              .perConnection(5),
          160);
      change(
          SimulatedLink.of("each from 5 to 2", 100, 20)
              .perConnection(5)
              .then(40, 100, 20)
              .perConnection(2),
          160);
      return;
    }
    int max = 64;
    System.out.printf(
        "%-30s %4s | %6s %6s %4s %4s %5s | %6s %4s %5s %4s %s%n",
        "link", "part", "512Mi", "best", "n", "util", "=n", "steady", "n", "limit", "most",
        "limits");
    for (SimulatedLink link : links()) {
      if (args.length > 0 && !link.name.contains(args[0])) {
        continue;
      }
      for (long[] c : new long[][] {{64, 8}, {200, 1}, {102, 5}, {64, 64}}) {
        boolean other = args.length > 1 && c[1] != Long.parseLong(args[1]);
        boolean endless = c[1] == 64 && link.phases.get(0).bandwidth() < 5e6;
        if (other || endless) {
          continue;
        }
        double best = 1e18;
        double fastest = 0;
        int number = 0;
        int fast = 0;
        double seconds =
            Math.min(
                600,
                20
                    + c[1] * 80e6 / link.phases.get(0).bandwidth()
                    + 100
                        * c[1]
                        * 1e6
                        / Math.min(
                            link.phases.get(0).perConnection(), link.phases.get(0).bandwidth()));
        for (int n : NUMBERS) {
          double t = new LinkSimulation(link, n).run(c[0], c[1] * MIB, 4e4).seen().seconds();
          if (t < best * 0.99) {
            best = t;
            number = n;
          }
          double f = steady(new LinkSimulation(link, n), seconds, c[1] * MIB);
          if (f > fastest * 1.01) {
            fastest = f;
            fast = n;
          }
        }
        if (args.length > 2) {
          for (int n : NUMBERS) {
            System.out.printf(
                " %d:%.1f/%.1f",
                n,
                new LinkSimulation(link, n).run(c[0], c[1] * MIB, 4e4).seen().seconds(),
                steady(new LinkSimulation(link, n), seconds, c[1] * MIB) / 1e6);
          }
          System.out.println();
        }
        AdaptiveConcurrency a = new AdaptiveConcurrency(max);
        LinkRecord s = new LinkSimulation(link, a).run(c[0], c[1] * MIB, 4e4).seen();
        LinkSimulation l = new LinkSimulation(link, new AdaptiveConcurrency(max));
        double f = steady(l, seconds, c[1] * MIB);
        double same =
            new LinkSimulation(link, l.seen().limitAt(seconds))
                .run(c[0], c[1] * MIB, 4e4)
                .seen()
                .seconds();
        StringBuilder steps = new StringBuilder();
        l.seen().steps().stream()
            .limit(18)
            .forEach(x -> steps.append(String.format(" %d@%.1f", x.limit(), x.time())));
        System.out.printf(
            "%-30s %4d | %6.1f %6.1f %4d %3.0f%% %5.1f | %5.0f%% %4d %5d %4d%s%s%n",
            link.name,
            c[1],
            s.seconds(),
            best,
            number,
            100 * best / s.seconds(),
            same,
            100 * f / fastest,
            fast,
            l.seen().limitAt(seconds),
            l.seen().mostInFlight(),
            l.seen().refusals() + l.seen().timeouts() > 0
                ? " " + l.seen().refusals() + "x503, " + l.seen().timeouts() + " timeouts"
                : "",
            steps);
      }
    }
  }
}
