package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.model.AbortIncompleteMultipartUpload;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Transition;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

@SuppressWarnings("deprecation") // rules with their prefix by itself
class LifecycleRulesTest {
  private static final LifecycleRule OURS = LifecycleRules.rule("ours", "uploads/", 7);
  private static final LifecycleRule OTHER =
      LifecycleRule.builder()
          .id("archive")
          .status(ExpirationStatus.DISABLED)
          .filter(
              f -> f.and(and -> and.prefix("a/").tags(Tag.builder().key("k").value("v").build())))
          .transitions(
              Transition.builder().days(30).storageClass(TransitionStorageClass.GLACIER).build())
          .expiration(e -> e.date(Instant.parse("2040-01-01T00:00:00Z")))
          .build();
  private static final LifecycleRule OLD_FORM =
      LifecycleRule.builder()
          .id("logs")
          .status(ExpirationStatus.ENABLED)
          .prefix("logs/")
          .expiration(e -> e.days(30))
          .build();

  static Stream<Arguments> merges() {
    LifecycleRule stale = LifecycleRules.rule("ours", "uploads/", 3);
    return Stream.of(
        Arguments.of("an empty bucket", List.of(), List.of(OURS), 1),
        Arguments.of("ours goes last", List.of(OTHER), List.of(OTHER, OURS), 1),
        Arguments.of("all as wanted", List.of(OURS, OTHER), List.of(OURS, OTHER), 0),
        Arguments.of("in its old place", List.of(stale, OTHER), List.of(OURS, OTHER), 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("merges")
  void keepsOtherRulesInTheirOrder(
      String what, List<LifecycleRule> present, List<LifecycleRule> after, int changes) {
    MergedRules<LifecycleRule> merged = MergedRules.of(LifecycleRules.KIND, present, OURS);
    assertThat(merged.rules()).isEqualTo(after);
    assertThat(merged.changes()).hasSize(changes);
  }

  static Stream<Arguments> differences() {
    return Stream.of(
        Arguments.of(
            LifecycleRules.rule("ours", "uploads/", 1), "aborts after 7 days (was: 1 day)"),
        Arguments.of(
            OURS.toBuilder().abortIncompleteMultipartUpload(a -> {}).build(),
            "aborts after 7 days (was: never)"),
        Arguments.of(
            OURS.toBuilder()
                .abortIncompleteMultipartUpload((AbortIncompleteMultipartUpload) null)
                .build(),
            "aborts after 7 days (was: never)"),
        Arguments.of(
            OURS.toBuilder().status(ExpirationStatus.DISABLED).build(), "enabled (was: Disabled)"),
        Arguments.of(
            LifecycleRules.rule("ours", "", 7),
            "for uploads under 'uploads/' (was: in the whole bucket)"),
        Arguments.of(
            OURS.toBuilder().filter(f -> {}).build(),
            "for uploads under 'uploads/' (was: in the whole bucket)"),
        Arguments.of(
            OURS.toBuilder().filter(f -> f.objectSizeLessThan(9L)).build(),
            "for uploads under 'uploads/' (was: that another filter picks)"),
        Arguments.of(
            OURS.toBuilder().expiration(e -> e.days(1)).build(),
            "aborts unfinished uploads and does nothing else (had more actions)"));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void saysWhatIsDifferent(LifecycleRule present, String difference) {
    assertThat(MergedRules.of(LifecycleRules.KIND, List.of(present), OURS).changes())
        .containsExactly("lifecycle: change rule 'ours': " + difference);
  }

  @Test
  void saysWhatIsAdded() {
    assertThat(MergedRules.of(LifecycleRules.KIND, List.of(), OURS).changes())
        .containsExactly(
            "lifecycle: add rule 'ours': multipart uploads under 'uploads/' are aborted 7 days"
                + " after their start");
  }

  static Stream<Arguments> otherSpellings() {
    LifecycleRule whole = LifecycleRules.rule("ours", "", 7);
    LifecycleRule bare =
        OURS.toBuilder().filter((LifecycleRuleFilter) null).prefix("uploads/").build();
    return Stream.of(
        Arguments.of(bare, OURS),
        Arguments.of(OURS, bare),
        Arguments.of(whole.toBuilder().filter(f -> {}).build(), whole),
        Arguments.of(bare.toBuilder().prefix("").build(), whole),
        Arguments.of(bare.toBuilder().prefix(null).build(), whole));
  }

  @ParameterizedTest
  @MethodSource("otherSpellings")
  void doesNotMindTheFormInWhichAStoreGivesTheRuleBack(LifecycleRule stored, LifecycleRule wanted) {
    MergedRules<LifecycleRule> merged =
        MergedRules.of(LifecycleRules.KIND, List.of(stored), wanted);
    assertThat(merged.changes()).isEmpty();
    assertThat(merged.rules()).containsExactly(stored);
  }

  /** S3 answers a mixture with "Filter element can only be used in Lifecycle V2". */
  @Test
  void takesTheOldFormAmongRulesInTheOldForm() {
    LifecycleRule fitting = LifecycleRules.inTheFormOf(List.of(OLD_FORM), OURS);
    assertThat(fitting.prefix()).isEqualTo("uploads/");
    assertThat(fitting.filter()).isNull();
  }

  @Test
  void takesTheNewFormOtherwise() {
    assertThat(LifecycleRules.inTheFormOf(List.of(OTHER), OURS)).isEqualTo(OURS);
    assertThat(LifecycleRules.inTheFormOf(List.of(), OURS)).isEqualTo(OURS);
  }

  /** Some stores give the prefix back in both places, or leave out that of a whole bucket. */
  @Test
  void onlyAPrefixByItselfIsTheOldForm() {
    LifecycleRule both = OTHER.toBuilder().prefix("a/").build();
    LifecycleRule neither = OLD_FORM.toBuilder().prefix(null).build();
    assertThat(LifecycleRules.inTheFormOf(List.of(both, neither), OURS)).isEqualTo(OURS);
  }

  @Test
  void refusesTheRuleAfterTheThousandth() {
    List<LifecycleRule> full = Collections.nCopies(1000, OTHER);
    assertThatThrownBy(() -> MergedRules.of(LifecycleRules.KIND, full, OURS))
        .isInstanceOf(BucketSetupException.class)
        .hasMessageContaining("1000 lifecycle rules already");
    assertThat(MergedRules.of(LifecycleRules.KIND, full.subList(1, 1000), OURS).rules())
        .hasSize(1000);
  }
}
