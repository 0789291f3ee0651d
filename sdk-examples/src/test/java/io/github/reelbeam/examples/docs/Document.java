package io.github.reelbeam.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** One of the project's Markdown files, parsed. */
record Document(Path file, Node root) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .build();

  /** A link or an image, and the line it stands in. */
  record Target(String destination, int line) {}

  /** A fenced block of code. */
  record Block(String document, int line, String language, String code) {
    @Override
    public String toString() {
      return document + ":" + line + " " + language;
    }
  }

  /** A row of a table below its head; each cell is the names in backticks that stand in it. */
  record Row(String document, int line, List<String> head, List<List<String>> codes) {
    @Override
    public String toString() {
      return document + ":" + line;
    }
  }

  /** Every document, as long as nobody has built it. */
  static List<Document> all() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(Document::isOurs).sorted().map(Document::read).toList();
    }
  }

  static Document read(Path file) {
    return of(file, text(file));
  }

  static Document of(Path file, String markdown) {
    return new Document(file, PARSER.parse(markdown));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(Path file) {
    for (Path part : ROOT.relativize(file)) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return file.toString().endsWith(".md");
  }

  String name() {
    return ROOT.relativize(file).toString();
  }

  /** Where links may lead within the document: each heading in the form that GitHub gives it. */
  Set<String> anchors() {
    IdGenerator ids = IdGenerator.builder().build();
    Set<String> anchors = new HashSet<>();
    for (Heading heading : nodes(Heading.class)) {
      anchors.add(ids.generateId(text(heading)));
    }
    return anchors;
  }

  List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    nodes(Link.class).forEach(link -> targets.add(new Target(link.getDestination(), line(link))));
    nodes(Image.class)
        .forEach(image -> targets.add(new Target(image.getDestination(), line(image))));
    return targets;
  }

  List<Block> blocks() {
    return nodes(FencedCodeBlock.class).stream()
        .map(fence -> new Block(name(), line(fence), fence.getInfo(), fence.getLiteral()))
        .toList();
  }

  /** All names in backticks. */
  List<Code> codes() {
    return nodes(Code.class);
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (TableBlock table : nodes(TableBlock.class)) {
      List<String> head =
          nodes(table.getFirstChild(), TableCell.class).stream().map(Document::text).toList();
      for (TableBody body : nodes(table, TableBody.class)) {
        for (TableRow row : nodes(body, TableRow.class)) {
          List<List<String>> codes =
              nodes(row, TableCell.class).stream()
                  .map(cell -> nodes(cell, Code.class).stream().map(Code::getLiteral).toList())
                  .toList();
          rows.add(new Row(name(), line(row), head, codes));
        }
      }
    }
    return rows;
  }

  static int line(Node node) {
    return node.getSourceSpans().isEmpty() ? 0 : node.getSourceSpans().get(0).getLineIndex() + 1;
  }

  static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text piece) {
            text.append(piece.getLiteral());
          }

          @Override
          public void visit(Code piece) {
            text.append(piece.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak lineBreak) {
            text.append(' ');
          }
        });
    return text.toString();
  }

  private <T extends Node> List<T> nodes(Class<T> type) {
    return nodes(root, type);
  }

  private static <T extends Node> List<T> nodes(Node from, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (Node child = from.getFirstChild(); child != null; child = child.getNext()) {
      if (type.isInstance(child)) {
        found.add(type.cast(child));
      }
      found.addAll(nodes(child, type));
    }
    return found;
  }

  @Override
  public String toString() {
    return name();
  }
}
