package io.github.reelbeam.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.AbortIncompleteMultipartUpload;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;

/** The rule that aborts multipart uploads which nobody goes on with. */
@SuppressWarnings("deprecation") // the prefix by itself: buckets may still have rules in that form
final class LifecycleRules implements RuleKind<LifecycleRule> {
  static final LifecycleRules KIND = new LifecycleRules();

  private static final LifecycleRuleFilter EMPTY_FILTER = LifecycleRuleFilter.builder().build();
  private static final LifecycleRule EMPTY_RULE = LifecycleRule.builder().build();

  private LifecycleRules() {}

  static LifecycleRule rule(String id, String prefix, int days) {
    return LifecycleRule.builder()
        .id(id)
        .status(ExpirationStatus.ENABLED)
        .filter(LifecycleRuleFilter.builder().prefix(prefix).build())
        .abortIncompleteMultipartUpload(
            AbortIncompleteMultipartUpload.builder().daysAfterInitiation(days).build())
        .build();
  }

  /**
   * The rule in the form that fits to the others: S3 refuses a configuration in which some rules
   * have their prefix in a filter and some, of the time before filters, by itself.
   */
  static LifecycleRule inTheFormOf(List<LifecycleRule> present, LifecycleRule rule) {
    boolean beforeFilters =
        present.stream().anyMatch(other -> other.prefix() != null && other.filter() == null);
    return beforeFilters
        ? rule.toBuilder().filter((LifecycleRuleFilter) null).prefix(rule.filter().prefix()).build()
        : rule;
  }

  @Override
  public String name() {
    return "lifecycle";
  }

  @Override
  public int limit() {
    return 1000;
  }

  @Override
  public String id(LifecycleRule rule) {
    return rule.id();
  }

  @Override
  public String describe(LifecycleRule rule) {
    return "multipart uploads %s are aborted %s after their start"
        .formatted(scope(rule), days(rule));
  }

  @Override
  public List<String> differences(LifecycleRule present, LifecycleRule wanted) {
    List<String> found = new ArrayList<>();
    if (present.status() != wanted.status()) {
      found.add("enabled (was: %s)".formatted(present.statusAsString()));
    }
    if (!Objects.equals(prefix(present), prefix(wanted))) {
      found.add("for uploads %s (was: %s)".formatted(scope(wanted), scope(present)));
    }
    if (!days(present).equals(days(wanted))) {
      found.add("aborts after %s (was: %s)".formatted(days(wanted), days(present)));
    }
    if (!withoutOurFields(present).equals(EMPTY_RULE)) {
      found.add("aborts unfinished uploads and does nothing else (had more actions)");
    }
    return found;
  }

  private static LifecycleRule withoutOurFields(LifecycleRule rule) {
    return rule.toBuilder()
        .id(null)
        .status((String) null)
        .prefix(null)
        .filter((LifecycleRuleFilter) null)
        .abortIncompleteMultipartUpload((AbortIncompleteMultipartUpload) null)
        .build();
  }

  /** What a rule is for, in whichever form it says so; null if a prefix is not all it asks for. */
  private static @Nullable String prefix(LifecycleRule rule) {
    if (rule.filter() == null) {
      return Objects.requireNonNullElse(rule.prefix(), "");
    }
    return rule.filter().equals(EMPTY_FILTER) ? "" : rule.filter().prefix();
  }

  private static String scope(LifecycleRule rule) {
    String prefix = prefix(rule);
    if (prefix == null) {
      return "that another filter picks";
    }
    return prefix.isEmpty() ? "in the whole bucket" : "under '" + prefix + "'";
  }

  private static String days(LifecycleRule rule) {
    AbortIncompleteMultipartUpload abort = rule.abortIncompleteMultipartUpload();
    if (abort == null || abort.daysAfterInitiation() == null) {
      return "never";
    }
    return abort.daysAfterInitiation() == 1 ? "1 day" : abort.daysAfterInitiation() + " days";
  }
}
