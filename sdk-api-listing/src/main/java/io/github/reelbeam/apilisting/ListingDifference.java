package io.github.reelbeam.apilisting;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What one listing has and another has not, type by type. */
final class ListingDifference {
  private static final Pattern BLANK_LINE = Pattern.compile("\n\n");
  private static final Pattern WORD_END = Pattern.compile("[ (<]");

  private ListingDifference() {}

  /** Lines that went with a minus, those that came with a plus; empty if the listings are equal. */
  static String between(String listed, String present) {
    if (listed.equals(present)) {
      return "";
    }
    Map<String, Set<String>> before = blocks(listed);
    Map<String, Set<String>> now = blocks(present);
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      Set<String> gone = new LinkedHashSet<>(before.getOrDefault(name, Set.of()));
      Set<String> come = new LinkedHashSet<>(now.getOrDefault(name, Set.of()));
      Set<String> kept = new LinkedHashSet<>(gone);
      kept.retainAll(come);
      gone.removeAll(kept);
      come.removeAll(kept);
      if (!gone.isEmpty() || !come.isEmpty()) {
        text.append("  ").append(name).append('\n');
        gone.forEach(line -> text.append("    - ").append(line).append('\n'));
        come.forEach(line -> text.append("    + ").append(line).append('\n'));
      }
    }
    return text.isEmpty() ? "  the order of lines\n" : text.toString();
  }

  /** The lines by the type that they belong to; the type's own line is one of them. */
  private static Map<String, Set<String>> blocks(String listing) {
    Map<String, Set<String>> blocks = new LinkedHashMap<>();
    BLANK_LINE
        .splitAsStream(listing)
        .forEach(
            block -> {
              Set<String> lines = new LinkedHashSet<>();
              block.lines().map(String::strip).forEach(lines::add);
              blocks.put(name(block), lines);
            });
    return blocks;
  }

  /** The type that a block is about: the first word with a dot in it. */
  private static String name(String block) {
    String head = block.lines().findFirst().orElse("");
    if (head.contains("package ")) {
      return "packages";
    }
    return WORD_END
        .splitAsStream(head)
        .filter(word -> word.indexOf('.') > 0)
        .findFirst()
        .orElse(head);
  }
}
