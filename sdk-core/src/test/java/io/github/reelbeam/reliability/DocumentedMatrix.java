package io.github.reelbeam.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reelbeam.reliability.MatrixCell.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fault matrix as docs/reliability.md has it: one table for each {@link Times}. */
final class DocumentedMatrix {
  static final String NOT_APPLICABLE = "-";
  private static final Path DOCUMENT = Path.of("..", "docs", "reliability.md");

  private final Map<String, String> cells = new HashMap<>();

  private DocumentedMatrix() {}

  static DocumentedMatrix read() throws IOException {
    DocumentedMatrix matrix = new DocumentedMatrix();
    List<String> lines = Files.readAllLines(DOCUMENT, UTF_8);
    for (Times times : Times.values()) {
      int begin = lines.indexOf(marker(times));
      if (begin < 0) {
        throw new AssertionError(DOCUMENT + " has no line " + marker(times));
      }
      List<String> table =
          lines.subList(begin + 1, lines.size()).stream()
              .dropWhile(String::isEmpty)
              .takeWhile(line -> line.startsWith("|"))
              .toList();
      matrix.add(times, table);
    }
    return matrix;
  }

  private static String marker(Times times) {
    return "<!-- fault matrix: " + times.name().toLowerCase(java.util.Locale.ROOT) + " -->";
  }

  private void add(Times times, List<String> table) {
    List<String> columns = cellsOf(table.get(0));
    for (String line : table.subList(2, table.size())) {
      List<String> row = cellsOf(line);
      for (int i = 1; i < row.size(); i++) {
        cells.put(key(times, row.get(0), columns.get(i)), row.get(i));
      }
    }
  }

  private static List<String> cellsOf(String line) {
    return Arrays.stream(line.split("\\|", -1)).skip(1).map(String::trim).toList();
  }

  private static String key(Times times, String fault, String stage) {
    return times + " | " + fault + " | " + stage;
  }

  /** What the document says; an empty text where it says nothing. */
  String cell(Times times, MatrixFault fault, MatrixStage stage) {
    return cells.getOrDefault(key(times, fault.title(), stage.title()), "");
  }

  /** The table as the document should have it. */
  static String render(Map<MatrixFault, Map<MatrixStage, String>> outcomes) {
    StringBuilder text = new StringBuilder("| fault |");
    for (MatrixStage stage : MatrixStage.values()) {
      text.append(' ').append(stage.title()).append(" |");
    }
    text.append("\n|").append("---|".repeat(MatrixStage.values().length + 1)).append('\n');
    outcomes.forEach(
        (fault, row) -> {
          text.append("| ").append(fault.title()).append(" |");
          row.values().forEach(outcome -> text.append(' ').append(outcome).append(" |"));
          text.append('\n');
        });
    return text.toString();
  }
}
