package io.github.reelbeam.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.reliability.MatrixCell.Times;
import io.github.reelbeam.testservers.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each fault at each stage, once and for good. Whatever the outcome, in the end there is one object
 * with the right bytes and one asset, nothing is left behind, and nothing was sent twice but what
 * the fault has hit. The outcomes are those of the tables in docs/reliability.md; {@code
 * target/fault-matrix-*.md} has the tables as they were found.
 *
 * <p>Most of a cell's time is waiting, so a few go side by side.
 */
@Tag("hostile")
class FaultMatrixIT {
  private static final int SIDE_BY_SIDE = 6;
  private static final OkHttpClient CLIENT = new OkHttpClient();

  @TempDir static Path folder;

  @AfterAll
  static void stopClient() {
    CLIENT.dispatcher().executorService().shutdown();
    CLIENT.connectionPool().evictAll();
  }

  @TestFactory
  Stream<DynamicTest> once() throws Exception {
    return cells(Times.ONCE);
  }

  @TestFactory
  Stream<DynamicTest> forGood() throws Exception {
    return cells(Times.ALWAYS);
  }

  private Stream<DynamicTest> cells(Times times) throws Exception {
    DocumentedMatrix documented = DocumentedMatrix.read();
    Map<Cell, Future<String>> found = new LinkedHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
    for (MatrixFault fault : MatrixFault.values()) {
      for (MatrixStage stage : MatrixStage.values()) {
        Cell cell = new Cell(times, fault, stage);
        found.put(cell, threads.submit(() -> outcome(cell)));
      }
    }
    threads.shutdown();
    write(times, found);
    return found.entrySet().stream()
        .filter(e -> e.getKey().fault.at(e.getKey().stage).isPresent())
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey().toString(),
                    () ->
                        assertThat(get(e.getValue()))
                            .isEqualTo(
                                documented.cell(times, e.getKey().fault, e.getKey().stage))));
  }

  private static String outcome(Cell cell) throws Exception {
    Optional<Fault> fault = cell.fault.at(cell.stage);
    if (fault.isEmpty()) {
      return DocumentedMatrix.NOT_APPLICABLE;
    }
    Path own = folder.resolve(cell.times + "-" + cell.fault + "-" + cell.stage);
    return new MatrixCell(cell.stage, cell.fault, fault.get(), cell.times, own, CLIENT).outcome();
  }

  private static String get(Future<String> outcome) throws Exception {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw new AssertionError("the cell failed: " + e.getCause(), e.getCause());
    }
  }

  private static void write(Times times, Map<Cell, Future<String>> found)
      throws IOException, InterruptedException {
    Map<MatrixFault, Map<MatrixStage, String>> outcomes = new EnumMap<>(MatrixFault.class);
    for (Map.Entry<Cell, Future<String>> cell : found.entrySet()) {
      String outcome;
      try {
        outcome = cell.getValue().get();
      } catch (ExecutionException e) {
        outcome = "broken";
      }
      outcomes
          .computeIfAbsent(cell.getKey().fault, unused -> new EnumMap<>(MatrixStage.class))
          .put(cell.getKey().stage, outcome);
    }
    Files.writeString(
        Path.of("target", "fault-matrix-" + times.name().toLowerCase(Locale.ROOT) + ".md"),
        DocumentedMatrix.render(outcomes),
        UTF_8);
  }

  private record Cell(Times times, MatrixFault fault, MatrixStage stage) {
    @Override
    public String toString() {
      return stage.title() + ": " + fault.title() + (times == Times.ONCE ? ", once" : ", for good");
    }
  }
}
