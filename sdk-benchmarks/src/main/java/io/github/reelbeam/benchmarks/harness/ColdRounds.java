package io.github.reelbeam.benchmarks.harness;

import io.github.reelbeam.benchmarks.harness.Settings.MemoryCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A new process for each upload, measured as a whole: from before the JVM starts until it is gone.
 * Entrants take turns; a first round, with which files and libraries come into memory, is not
 * counted, unless nothing is to be warmed up.
 */
final class ColdRounds {
  private final Settings settings;
  private final StoreProcess store;
  private final Launcher launcher;
  private final Map<Entrant, Path> archives = new HashMap<>();

  ColdRounds(Settings settings, StoreProcess store) {
    this.settings = settings;
    this.store = store;
    this.launcher = new Launcher(settings, store);
  }

  void run(Load load, Consumer<Result> results) throws IOException {
    Path folder = load.folderIn(settings.scratch());
    int first = settings.warmUp().isZero() ? 1 : 0;
    for (int round = first; round <= settings.rounds(); round++) {
      for (int i = 0; i < settings.entrants().size(); i++) {
        Entrant entrant = settings.entrants().get((i + round) % settings.entrants().size());
        List<String> options = List.of();
        if (entrant.archived()) {
          options =
              List.of(
                  "-XX:SharedArchiveFile=" + archive(entrant),
                  // the first time, an archive that is of no use is an error
                  round == first ? "-Xshare:on" : "-Xshare:auto");
        }
        Measurement measurement = measure(entrant, options, load, folder);
        if (round > 0) {
          results.accept(new Result("cold", load.title(), entrant, round, measurement));
        }
      }
    }
  }

  /** One upload with a heap that is small, and a collector to match. */
  void runWithin(MemoryCell cell, Consumer<Result> results) throws IOException {
    Path folder = cell.load().folderIn(settings.scratch());
    for (Entrant entrant : settings.entrants()) {
      if (!entrant.archived()) {
        List<String> options = List.of("-XX:+UseSerialGC", "-Xmx" + cell.heap());
        Measurement measurement;
        try {
          measurement = measure(entrant, options, cell.load(), folder);
        } catch (FailedRunException e) {
          double none = Double.NaN;
          measurement = new Measurement(none, none, none, none, none);
        }
        results.accept(new Result("memory", cell.title(), entrant, 1, measurement));
      }
    }
  }

  private Path archive(Entrant entrant) throws IOException {
    Path known = archives.get(entrant);
    if (known != null) {
      return known;
    }
    Path archive = settings.scratch().resolve(entrant.rival().name() + ".jsa");
    Files.deleteIfExists(archive);
    Load load = Load.parse("10m");
    measure(
        entrant,
        List.of("-XX:ArchiveClassesAtExit=" + archive),
        load,
        load.folderIn(settings.scratch()));
    archives.put(entrant, archive);
    return archive;
  }

  private Measurement measure(Entrant entrant, List<String> options, Load load, Path folder)
      throws IOException {
    store.reset();
    WholeProcess process =
        WholeProcess.run(
            launcher.command(entrant, options, List.of(folder.toString())), launcher.log(entrant));
    return new Measurement(
        process.wall(), process.cpu(), Double.NaN, process.peak(), store.verify(load, 1));
  }
}
