package io.github.reelbeam.backend;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.CORSRule;

/** The CORS rule with which browsers may upload and play, and how it compares with others. */
final class CorsRules implements RuleKind<CORSRule> {
  static final CorsRules KIND = new CorsRules();

  private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "POST");

  /**
   * What a script has to be able to read of S3's answers. Without the ETag of each part there is no
   * completing a multipart upload. CRC64NVME is what S3 gives objects that came without a checksum.
   */
  private static final List<String> EXPOSED =
      List.of("ETag", "x-amz-checksum-crc32", "x-amz-checksum-crc64nvme", "x-amz-checksum-type");

  private CorsRules() {}

  static CORSRule rule(String id, List<String> origins, int maxAgeSeconds) {
    return CORSRule.builder()
        .id(id)
        .allowedOrigins(origins)
        .allowedMethods(METHODS)
        .allowedHeaders("*")
        .exposeHeaders(EXPOSED)
        .maxAgeSeconds(maxAgeSeconds)
        .build();
  }

  @Override
  public String name() {
    return "CORS";
  }

  @Override
  public int limit() {
    return 100;
  }

  @Override
  public String id(CORSRule rule) {
    return rule.id();
  }

  @Override
  public String describe(CORSRule rule) {
    return "%s from %s, any header; exposes %s; preflights hold for %d s"
        .formatted(
            list(rule.allowedMethods()),
            list(rule.allowedOrigins()),
            list(rule.exposeHeaders()),
            rule.maxAgeSeconds());
  }

  // Stores give lists back in an order of their own, and header names in a case of their own.
  @Override
  public List<String> differences(CORSRule present, CORSRule wanted) {
    List<String> found = new ArrayList<>();
    compare(found, "origins", present.allowedOrigins(), wanted.allowedOrigins());
    compare(found, "methods", present.allowedMethods(), wanted.allowedMethods());
    compare(found, "allowed headers", present.allowedHeaders(), wanted.allowedHeaders());
    compare(found, "exposed headers", present.exposeHeaders(), wanted.exposeHeaders());
    if (!Objects.equals(present.maxAgeSeconds(), wanted.maxAgeSeconds())) {
      found.add(
          "preflights hold for %s s (was: %s)"
              .formatted(
                  wanted.maxAgeSeconds(), Objects.toString(present.maxAgeSeconds(), "not set")));
    }
    return found;
  }

  private static void compare(
      List<String> found, String what, List<String> present, List<String> wanted) {
    if (!ignoringOrderAndCase(present).equals(ignoringOrderAndCase(wanted))) {
      found.add("%s %s (was: %s)".formatted(what, list(wanted), list(present)));
    }
  }

  private static Set<String> ignoringOrderAndCase(Collection<String> values) {
    return values.stream()
        .map(value -> value.toLowerCase(Locale.ROOT))
        .collect(toCollection(TreeSet::new));
  }

  /**
   * The rules that come before ours, match some of the same requests, and do not expose the ETag:
   * S3 obeys the first rule that matches, so that for these requests ours counts for nothing.
   */
  static List<String> shadows(List<CORSRule> rules, CORSRule ours) {
    return rules.stream()
        .takeWhile(rule -> !Objects.equals(rule.id(), ours.id()))
        .filter(rule -> !ignoringOrderAndCase(rule.exposeHeaders()).contains("etag"))
        .flatMap(rule -> shadow(rules.indexOf(rule) + 1, rule, ours))
        .toList();
  }

  private static Stream<String> shadow(int place, CORSRule rule, CORSRule ours) {
    List<String> methods =
        ours.allowedMethods().stream().filter(rule.allowedMethods()::contains).toList();
    List<String> origins =
        ours.allowedOrigins().stream()
            .filter(
                origin -> rule.allowedOrigins().stream().anyMatch(other -> covers(other, origin)))
            .toList();
    if (methods.isEmpty() || origins.isEmpty()) {
      return Stream.empty();
    }
    String name = rule.id() == null ? "" : " ('" + rule.id() + "')";
    return Stream.of(
        ("CORS: rule %d%s, which is not ours, comes first for %s from %s and does not expose ETag:"
                + " S3 obeys the first rule that matches")
            .formatted(place, name, list(methods), list(origins)));
  }

  /** Whether a rule for one origin, which may hold a wildcard, has to do with another. */
  private static boolean covers(String pattern, String origin) {
    String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(joining(".*"));
    return origin.equals("*") || origin.matches(regex);
  }

  private static String list(List<String> values) {
    return values.isEmpty() ? "none" : String.join(", ", values);
  }
}
