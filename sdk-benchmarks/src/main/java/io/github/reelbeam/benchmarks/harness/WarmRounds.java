package io.github.reelbeam.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One long-lived JVM for each entrant, all there at the same time, of which one works at a time:
 * first until it is warm, then in turn, so that what disturbs the machine for a while disturbs all.
 */
final class WarmRounds {
  /** A round takes as many uploads as make this; the JVM's clock for CPU ticks every 10 ms. */
  private static final long ROUND_BYTES = 256L << 20;

  private static final int MOST_UPLOADS = 100;

  private final Settings settings;
  private final StoreProcess store;
  private final Launcher launcher;

  WarmRounds(Settings settings, StoreProcess store) {
    this.settings = settings;
    this.store = store;
    this.launcher = new Launcher(settings, store);
  }

  void run(Load load, Consumer<Result> results) throws IOException {
    List<Runner> runners = new ArrayList<>();
    try {
      Path folder = load.folderIn(settings.scratch());
      for (Entrant entrant : settings.entrants()) {
        // an archive is for starting
        if (!entrant.archived()) {
          runners.add(new Runner(entrant, load, folder));
        }
      }
      for (Runner runner : runners) {
        runner.warmUp();
      }
      for (int round = 0; round < settings.rounds(); round++) {
        for (int i = 0; i < runners.size(); i++) {
          // somebody else begins each time
          Runner runner = runners.get((i + round) % runners.size());
          results.accept(
              new Result("warm", load.title(), runner.entrant, round + 1, runner.measure()));
        }
      }
    } finally {
      runners.forEach(Runner::close);
    }
  }

  /** Gives the store's own JVM something to do, so that the first cold starts find it warm. */
  void warmStore() throws IOException {
    Load load = Load.parse("10m");
    Path folder = load.folderIn(settings.scratch());
    try (Runner runner = new Runner(settings.entrants().get(0), load, folder)) {
      runner.warmUp();
    }
  }

  /** An entrant's JVM. */
  private final class Runner implements AutoCloseable {
    private final Entrant entrant;
    private final Load load;
    private final Path folder;
    private final int times;
    private final LineProcess process;

    Runner(Entrant entrant, Load load, Path folder) throws IOException {
      this.entrant = entrant;
      this.load = load;
      this.folder = folder;
      int fitting = (int) Math.max(1, Math.min(MOST_UPLOADS, ROUND_BYTES / load.total()));
      this.times = settings.uploads().orElse(fitting);
      this.process =
          new LineProcess(launcher.command(entrant, List.of(), List.of()), launcher.log(entrant));
      process.answer();
    }

    void warmUp() throws IOException {
      double seconds = 0;
      do {
        seconds += measure().wall() * times;
      } while (seconds < settings.warmUp().toSeconds());
    }

    Measurement measure() throws IOException {
      store.reset();
      Map<String, String> figures = LineProcess.fields(process.ask(times + " " + folder));
      double storeCpu = store.verify(load, times);
      return new Measurement(
          number(figures, "wall") / 1e9 / times,
          number(figures, "cpu") / 1e9 / times,
          number(figures, "allocated") / times,
          number(figures, "peak"),
          storeCpu / times);
    }

    private static double number(Map<String, String> figures, String name) {
      return Double.parseDouble(figures.getOrDefault(name, "NaN"));
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
