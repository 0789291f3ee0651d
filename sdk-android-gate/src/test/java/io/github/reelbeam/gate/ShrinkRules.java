package io.github.reelbeam.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What R8 is told: rules such as {@code -keep class A}, each on its own, so that one can be left
 * out.
 */
record ShrinkRules(List<String> rules) {

  /** Whether Android's build tools read this file of a library as rules. */
  static boolean isRules(String file) {
    return file.startsWith("META-INF/proguard/")
        || file.startsWith("META-INF/com.android.tools/")
        || file.equals("proguard.txt");
  }

  /** The rules that a library brings, a jar or an AAR. */
  static ShrinkRules in(Path library) throws IOException {
    List<String> rules = new ArrayList<>();
    try (ZipFile zip = new ZipFile(library.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (!entry.isDirectory() && isRules(entry.getName())) {
          try (InputStream in = zip.getInputStream(entry)) {
            rules.addAll(parse(new String(in.readAllBytes(), UTF_8)));
          }
        }
      }
    }
    return new ShrinkRules(List.copyOf(rules));
  }

  // a rule begins with a dash at the start of a line; all else goes with the rule before
  private static List<String> parse(String text) {
    String plain = text.replaceAll("#.*", "");
    return Stream.of(plain.split("(?m)^\\s*(?=-)", -1))
        .map(String::strip)
        .filter(rule -> !rule.isEmpty())
        .toList();
  }

  ShrinkRules and(ShrinkRules more) {
    return new ShrinkRules(Stream.concat(rules.stream(), more.rules.stream()).toList());
  }

  ShrinkRules and(String rule) {
    return and(new ShrinkRules(List.of(rule)));
  }

  ShrinkRules without(Predicate<String> leftOut) {
    return new ShrinkRules(rules.stream().filter(leftOut.negate()).toList());
  }

  /** What makes R8 keep something. */
  List<String> keeping() {
    return rules.stream().filter(rule -> rule.startsWith("-keep")).toList();
  }

  /** Whether the rule keeps R8 from telling of something. */
  static boolean silences(String rule) {
    return rule.startsWith("-dontwarn") || rule.startsWith("-ignorewarnings");
  }
}
