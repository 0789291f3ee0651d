package io.github.reelbeam.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jspecify.annotations.Nullable;

/**
 * A document made ready: its links lead to where things are on the site, and its headings have the
 * anchors that GitHub gives them, beside those of the generator.
 *
 * @param path on the site, without an ending
 * @param title its first heading
 * @param sections what it has, to be found by a search
 * @param markdown for the generator
 * @param shown files that it links to and that are neither pages nor sources
 */
record Page(String path, String title, List<Section> sections, String markdown, List<Path> shown) {
  static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .build();

  private static final TextContentRenderer TEXT =
      TextContentRenderer.builder().extensions(List.of(TablesExtension.create())).build();

  /** A heading and what stands below it, up to the next. */
  record Section(String heading, String anchor, String text) {}

  private record Change(int from, int to, String text) {}

  static Page of(Path document, String markdown, SiteMap map) throws IOException {
    Node root = PARSER.parse(markdown);
    String path = SiteMap.page(document.toString().replace('\\', '/'));
    List<Change> changes = new ArrayList<>();
    List<Path> shown = new ArrayList<>();
    for (Node node : below(root)) {
      String destination = destination(node);
      if (destination != null && isRelative(destination)) {
        int fragment = (destination + "#").indexOf('#');
        Path file = document.resolveSibling(destination.substring(0, fragment)).normalize();
        if (map.isCopied(file)) {
          shown.add(file);
        }
        String there = relative(path, map.of(file)) + destination.substring(fragment);
        changes.add(inside(node, markdown, destination, there));
      }
    }
    List<Section> sections = sections(root);
    changes.addAll(anchors(root, sections, markdown));
    return new Page(path, sections.get(0).heading(), sections, changed(markdown, changes), shown);
  }

  static String relative(String page, String target) {
    Path folder = Path.of("/" + page).getParent();
    return folder.relativize(Path.of("/" + target)).toString().replace('\\', '/');
  }

  private static boolean isRelative(String destination) {
    return !destination.startsWith("#") && !destination.matches("[a-z]+:.*");
  }

  private static @Nullable String destination(Node node) {
    return node instanceof Link link
        ? link.getDestination()
        : node instanceof Image image ? image.getDestination() : null;
  }

  private static Change inside(Node node, String markdown, String old, String fresh)
      throws IOException {
    var spans = node.getSourceSpans();
    int end = spans.get(spans.size() - 1).getInputIndex() + spans.get(spans.size() - 1).getLength();
    int at = markdown.lastIndexOf("(" + old, end);
    if (at < spans.get(0).getInputIndex()) {
      throw new IOException("write the link to " + old + " as [text](target)");
    }
    return new Change(at + 1, at + 1 + old.length(), fresh);
  }

  /** The page itself has an anchor by being one; the others get one within the heading. */
  private static List<Change> anchors(Node root, List<Section> sections, String markdown) {
    List<Change> changes = new ArrayList<>();
    int number = 0;
    for (Node node : below(root)) {
      if (node instanceof Heading heading) {
        Section section = sections.get(number++);
        if (heading.getLevel() > 1) {
          int start = heading.getSourceSpans().get(0).getInputIndex();
          int text = markdown.indexOf(' ', start) + 1;
          changes.add(new Change(text, text, "<a id=\"" + section.anchor() + "\"></a>"));
        }
      }
    }
    return changes;
  }

  private static List<Section> sections(Node root) {
    IdGenerator ids = IdGenerator.builder().build();
    List<Section> sections = new ArrayList<>();
    for (Node node = root.getFirstChild(); node != null; node = node.getNext()) {
      String text = TEXT.render(node).strip();
      if (node instanceof Heading) {
        sections.add(new Section(text, ids.generateId(text), ""));
      } else if (!sections.isEmpty()) {
        Section last = sections.remove(sections.size() - 1);
        sections.add(new Section(last.heading(), last.anchor(), last.text() + " " + text));
      }
    }
    return sections;
  }

  private static List<Node> below(Node parent) {
    List<Node> found = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      found.add(child);
      found.addAll(below(child));
    }
    return found;
  }

  private static String changed(String text, List<Change> changes) {
    StringBuilder result = new StringBuilder(text);
    changes.stream()
        .sorted(Comparator.comparingInt(Change::from).reversed())
        .forEach(change -> result.replace(change.from(), change.to(), change.text()));
    return result.toString();
  }
}
