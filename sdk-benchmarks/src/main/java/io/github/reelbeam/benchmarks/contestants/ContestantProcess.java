package io.github.reelbeam.benchmarks.contestants;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A JVM with one contestant in it.
 *
 * <p>With a folder as the last argument, uploads what is in it once and exits: whatever that costs
 * is the measure, so nothing is measured here but the memory. Without, goes on until stdin ends:
 * each line has a number and a folder, which is uploaded so many times, and is answered with a line
 * of figures.
 */
public final class ContestantProcess {
  private ContestantProcess() {}

  /**
   * Runs.
   *
   * @param args the contestant's class, the store's URL, a scratch folder, and perhaps a folder
   *     with files
   */
  @SuppressWarnings("CatchAndPrintStackTrace") // stderr is what the harness shows
  public static void main(String[] args) {
    try {
      run(args);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
    // as a command line does: no client is given the time to wind down its threads
    System.exit(0);
  }

  private static void run(String[] args) throws Exception {
    Contestant contestant =
        Class.forName(args[0])
            .asSubclass(Contestant.class)
            .getConstructor(Target.class)
            .newInstance(new Target(URI.create(args[1]), Path.of(args[2])));
    if (args.length > 3) {
      contestant.upload(filesIn(Path.of(args[3])));
      System.out.println("peak=" + ProcFigures.peakResidentBytes());
    } else {
      serve(contestant);
    }
  }

  private static void serve(Contestant contestant) throws Exception {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    JvmFigures figures = new JvmFigures();
    System.out.println("ready");
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ", 2);
      int times = Integer.parseInt(words[0]);
      List<Path> files = filesIn(Path.of(words[1]));
      figures.begin();
      for (int i = 0; i < times; i++) {
        contestant.upload(files);
      }
      System.out.println(figures.end());
    }
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
