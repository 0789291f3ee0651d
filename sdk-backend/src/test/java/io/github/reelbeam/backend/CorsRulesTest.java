package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.model.CORSRule;

class CorsRulesTest {
  private static final CORSRule OURS =
      CorsRules.rule("ours", List.of("https://a.example", "https://b.example"), 3600);
  private static final CORSRule OTHER =
      CORSRule.builder()
          .id("other")
          .allowedMethods("DELETE")
          .allowedOrigins("https://*.example.com")
          .exposeHeaders("x-amz-meta-a")
          .maxAgeSeconds(5)
          .build();
  private static final CORSRule NAMELESS =
      CORSRule.builder().allowedMethods("GET").allowedOrigins("https://c.example").build();

  static Stream<Arguments> merges() {
    CORSRule stale = OURS.toBuilder().allowedOrigins("https://old.example").build();
    return Stream.of(
        Arguments.of("an empty bucket", List.of(), List.of(OURS), 1),
        Arguments.of("ours goes last", List.of(OTHER, NAMELESS), List.of(OTHER, NAMELESS, OURS), 1),
        Arguments.of("all as wanted", List.of(OTHER, OURS), List.of(OTHER, OURS), 0),
        Arguments.of(
            "in its old place", List.of(NAMELESS, stale, OTHER), List.of(NAMELESS, OURS, OTHER), 1),
        Arguments.of("a second of ours", List.of(OURS, OTHER, stale), List.of(OURS, OTHER), 1),
        Arguments.of("two stale ones", List.of(stale, stale), List.of(OURS), 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("merges")
  void keepsOtherRulesInTheirOrder(
      String what, List<CORSRule> present, List<CORSRule> after, int changes) {
    MergedRules<CORSRule> merged = MergedRules.of(CorsRules.KIND, present, OURS);
    assertThat(merged.rules()).isEqualTo(after);
    assertThat(merged.changes()).hasSize(changes);
  }

  @Test
  void saysWhatIsAdded() {
    assertThat(MergedRules.of(CorsRules.KIND, List.of(), OURS).changes())
        .containsExactly(
            "CORS: add rule 'ours': GET, HEAD, PUT, POST from https://a.example, https://b.example,"
                + " any header; exposes ETag, x-amz-checksum-crc32, x-amz-checksum-crc64nvme,"
                + " x-amz-checksum-type; preflights hold for 3600 s");
  }

  static Stream<Arguments> differences() {
    return Stream.of(
        Arguments.of(
            OURS.toBuilder().allowedOrigins("*").build(),
            "origins https://a.example, https://b.example (was: *)"),
        Arguments.of(
            OURS.toBuilder().allowedMethods("GET").build(),
            "methods GET, HEAD, PUT, POST (was: GET)"),
        Arguments.of(
            OURS.toBuilder().allowedHeaders(List.of()).build(), "allowed headers * (was: none)"),
        Arguments.of(
            OURS.toBuilder().exposeHeaders("ETag").build(),
            "exposed headers ETag, x-amz-checksum-crc32, x-amz-checksum-crc64nvme,"
                + " x-amz-checksum-type (was: ETag)"),
        Arguments.of(
            OURS.toBuilder().maxAgeSeconds(null).build(),
            "preflights hold for 3600 s (was: not set)"));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void saysWhatIsDifferent(CORSRule present, String difference) {
    assertThat(MergedRules.of(CorsRules.KIND, List.of(present), OURS).changes())
        .containsExactly("CORS: change rule 'ours': " + difference);
  }

  @Test
  void doesNotMindTheOrderAndTheCaseThatAStoreGivesBack() {
    CORSRule stored =
        OURS.toBuilder()
            .allowedOrigins("https://b.example", "https://a.example")
            .allowedMethods("POST", "PUT", "HEAD", "GET")
            .exposeHeaders(
                "x-amz-checksum-type", "etag", "X-Amz-Checksum-CRC64NVME", "x-amz-checksum-crc32")
            .build();
    assertThat(MergedRules.of(CorsRules.KIND, List.of(stored), OURS).changes()).isEmpty();
  }

  @Test
  void theHundredthRuleStillFits() {
    assertThat(MergedRules.of(CorsRules.KIND, Collections.nCopies(99, OTHER), OURS).rules())
        .hasSize(100);
  }

  @Test
  void refusesTheRuleAfterTheHundredth() {
    assertThatThrownBy(() -> MergedRules.of(CorsRules.KIND, Collections.nCopies(100, OTHER), OURS))
        .isInstanceOf(BucketSetupException.class)
        .hasMessageContaining("100 CORS rules already")
        .hasMessageContaining("Nothing was changed");
  }

  static Stream<Arguments> earlierRules() {
    CORSRule get = CORSRule.builder().id("r").allowedMethods("GET", "PUT").build();
    return Stream.of(
        Arguments.of(get.toBuilder().allowedOrigins("*").build(), true),
        Arguments.of(get.toBuilder().allowedOrigins("https://*.example").build(), true),
        Arguments.of(get.toBuilder().allowedOrigins("https://b.example").build(), true),
        Arguments.of(get.toBuilder().allowedOrigins("https://b.example.org").build(), false),
        Arguments.of(get.toBuilder().allowedOrigins("https://bxexample").build(), false),
        Arguments.of(get.toBuilder().allowedOrigins("*").allowedMethods("DELETE").build(), false),
        Arguments.of(get.toBuilder().allowedOrigins("*").exposeHeaders("etag").build(), false));
  }

  @ParameterizedTest
  @MethodSource("earlierRules")
  void warnsOfRulesThatS3ObeysInPlaceOfOurs(CORSRule earlier, boolean warned) {
    List<String> warnings = CorsRules.shadows(List.of(earlier, OURS), OURS);
    assertThat(warnings).hasSize(warned ? 1 : 0);
    assertThat(CorsRules.shadows(List.of(OURS, earlier), OURS)).isEmpty();
  }

  @Test
  void aRuleForOneOriginIsInTheWayOfOneForAll() {
    CORSRule all = OURS.toBuilder().allowedOrigins("*").build();
    CORSRule nameless =
        CORSRule.builder().allowedMethods("GET").allowedOrigins("https://a.example").build();
    assertThat(CorsRules.shadows(List.of(nameless, all), all))
        .singleElement()
        .asString()
        .startsWith("CORS: rule 1, which is not ours, comes first for GET from *");
  }

  @Test
  void namesTheRuleThatIsInTheWay() {
    CORSRule earlier =
        CORSRule.builder().id("cdn").allowedMethods("GET", "DELETE").allowedOrigins("*").build();
    assertThat(CorsRules.shadows(List.of(OTHER, earlier, OURS), OURS))
        .containsExactly(
            "CORS: rule 2 ('cdn'), which is not ours, comes first for GET from https://a.example,"
                + " https://b.example and does not expose ETag: S3 obeys the first rule that"
                + " matches");
  }
}
