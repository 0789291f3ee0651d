package io.github.reelbeam.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Compares two answers to the same notification. */
final class SameAnswer {
  // what names an asset; the ids of requests and traces are another each time, as they should be
  private static final Pattern IDENTITY =
      Pattern.compile("id|ID|uuid|UUID|key|url|.*[a-z](?:Id|ID|_id)");
  private static final Pattern OF_THE_REQUEST =
      Pattern.compile("(?i)(?:request|trace|correlation|span)[-_]?id");

  private SameAnswer() {}

  static Verdict of(Answer first, Answer second, String sent) {
    JsonNode one = first.json().orElse(MissingNode.getInstance());
    JsonNode other = second.json().orElse(MissingNode.getInstance());
    List<String> differences = new ArrayList<>();
    compare("", one, other, differences);
    if (differences.isEmpty()) {
      return Verdict.pass(sent, one.isMissingNode() ? "no body, both times" : "the same answer");
    }
    String came = "another " + String.join(", ", differences);
    if (differences.stream().map(SameAnswer::lastName).anyMatch(SameAnswer::isIdentity)) {
      return Verdict.fail(
          sent,
          came,
          "Make one asset of an upload id: a unique constraint on it, and the asset that is there"
              + " as the answer.");
    }
    return Verdict.advice(sent, came, "Answer with the asset as it was the first time.");
  }

  private static boolean isIdentity(String name) {
    return IDENTITY.matcher(name).matches() && !OF_THE_REQUEST.matcher(name).matches();
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static void compare(String path, JsonNode one, JsonNode other, List<String> differences) {
    if (one.equals(other)) {
      return;
    }
    if (!one.isObject() || !other.isObject()) {
      differences.add(path.isEmpty() ? "body" : path);
      return;
    }
    Set<String> names = new LinkedHashSet<>();
    one.fieldNames().forEachRemaining(names::add);
    other.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      String below = path.isEmpty() ? name : path + "." + name;
      compare(below, one.path(name), other.path(name), differences);
    }
  }
}
