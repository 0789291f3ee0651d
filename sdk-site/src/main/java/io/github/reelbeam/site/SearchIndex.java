package io.github.reelbeam.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/**
 * What the search looks through: a script, as pages that are opened from a disk may load no data.
 */
final class SearchIndex {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private SearchIndex() {}

  static String of(List<Page> pages) throws JsonProcessingException {
    ArrayNode index = JSON.createArrayNode();
    for (Page page : pages) {
      for (Page.Section section : page.sections()) {
        index
            .addObject()
            .put("page", page.title())
            .put("heading", section.heading())
            .put("url", page.path() + ".html" + anchor(page, section))
            .put("text", section.text().replaceAll("\\s+", " ").strip());
      }
    }
    return "window.sitePages = " + JSON.writeValueAsString(index) + ";\n";
  }

  private static String anchor(Page page, Page.Section section) {
    return section == page.sections().get(0) ? "" : "#" + section.anchor();
  }
}
