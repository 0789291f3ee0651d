package io.github.reelbeam.site;

import java.io.IOException;
import java.nio.file.Path;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/** The menu of the site: the headings of an index, and the first link of each line below them. */
final class Menu {
  private Menu() {}

  static String of(Path index, String markdown, SiteMap map) throws IOException {
    StringBuilder xml = new StringBuilder();
    String name = "";
    Node root = Page.PARSER.parse(markdown);
    for (Node node = root.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading) {
        name = text(heading);
      } else if (node instanceof BulletList list) {
        xml.append("<menu name=\"").append(escaped(name)).append("\">\n");
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
          append(xml, (ListItem) item, index, map);
        }
        xml.append("</menu>\n");
      }
    }
    return xml.toString();
  }

  private static void append(StringBuilder xml, ListItem item, Path index, SiteMap map)
      throws IOException {
    if (item.getFirstChild().getFirstChild() instanceof Link link) {
      Path file = index.resolveSibling(link.getDestination()).normalize();
      xml.append("  <item name=\"")
          .append(escaped(text(link)))
          .append("\" href=\"")
          .append(map.of(file))
          .append("\"/>\n");
    }
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text piece) {
            text.append(piece.getLiteral());
          }
        });
    return text.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
