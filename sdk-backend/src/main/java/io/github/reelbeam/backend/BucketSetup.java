package io.github.reelbeam.backend;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Gets a bucket ready for uploads: a CORS rule, so that pages of the app may upload into it and
 * play from it, and a lifecycle rule, so that uploads which nobody goes on with do not lie about,
 * unseen and paid for, for ever.
 *
 * <p>Rules that the bucket has already are kept as they are, and in their order. Ours are known by
 * their {@linkplain Builder#ruleId ID}, and replaced where they are not as wanted. If all is as
 * wanted nothing is written, so that a set-up may run at each deployment.
 *
 * <pre>{@code
 * BucketSetup setup =
 *     BucketSetup.builder(s3, "my-videos")
 *         .allowedOrigins("https://app.example.com")
 *         .prefix("uploads/")
 *         .build();
 * setup.apply().changes().forEach(System.out::println);
 * }</pre>
 *
 * <p>S3 has no way to change one rule: the rules are read, and all of them written back. Whatever
 * somebody else writes in between is lost, so let nobody else change them at the same moment. Rules
 * with settings that this library does not know are not touched: the set-up fails, as it could not
 * write them back whole.
 *
 * <p>The caller needs the rights {@code s3:GetBucketCORS}, {@code s3:PutBucketCORS}, {@code
 * s3:GetLifecycleConfiguration} and {@code s3:PutLifecycleConfiguration} to the bucket; {@link
 * #plan()} the two that read. Clients that upload need none of them.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class BucketSetup {
  private final S3Client s3;
  private final String bucket;
  private final List<BucketHalf> halves;

  private BucketSetup(S3Client s3, String bucket, List<BucketHalf> halves) {
    this.s3 = s3;
    this.bucket = bucket;
    this.halves = halves;
  }

  /**
   * Starts a set-up.
   *
   * @param s3 the app's own, configured for any store; it stays open
   * @param bucket the bucket, which has to be there
   */
  public static Builder builder(S3Client s3, String bucket) {
    return new Builder(s3, bucket);
  }

  /**
   * Looks at the bucket and says what {@link #apply()} would change; writes nothing.
   *
   * @throws BucketSetupException if the bucket cannot be looked at, or what it has leaves no room
   */
  public BucketChanges plan() {
    return changes(read());
  }

  /**
   * Brings the bucket into the wanted state, and says what it has changed. CORS comes first; the
   * first refusal ends it. Both configurations are read before anything is written.
   *
   * @throws BucketSetupException if the store refuses; the message and {@link
   *     BucketSetupException#changed()} say what was changed before that
   */
  public BucketChanges apply() {
    List<BucketHalf.Step> steps = read();
    List<String> done = new ArrayList<>();
    for (BucketHalf.Step step : steps) {
      if (!step.changes().isEmpty()) {
        write(step, done);
        done.addAll(step.changes());
      }
    }
    return changes(steps);
  }

  private List<BucketHalf.Step> read() {
    List<BucketHalf.Step> steps = new ArrayList<>();
    for (BucketHalf half : halves) {
      try {
        steps.add(half.read(s3, bucket));
      } catch (SdkException e) {
        StoreRefusal refusal = StoreRefusal.of(e, half.name(), bucket, half.readAction());
        throw failure(refusal, "Nothing was changed.", List.of(), e);
      }
    }
    return steps;
  }

  private void write(BucketHalf.Step step, List<String> done) {
    try {
      step.write().run();
    } catch (SdkException e) {
      BucketHalf half = step.half();
      StoreRefusal refusal = StoreRefusal.of(e, half.name(), bucket, half.writeAction());
      throw failure(refusal, outcome(refusal, half, done), done, e);
    }
  }

  /** A store in trouble may have done what it did not live to confirm. */
  private static String outcome(StoreRefusal refusal, BucketHalf half, List<String> done) {
    String sure =
        done.isEmpty()
            ? "Nothing was changed"
            : "This was changed before: " + String.join("; ", done) + ". Nothing else was";
    return sure + (refusal.isTransient() ? ", except perhaps the " + half.name() + " rule." : ".");
  }

  private static BucketSetupException failure(
      StoreRefusal refusal, String outcome, List<String> done, SdkException cause) {
    return new BucketSetupException(
        refusal.text() + ". " + outcome, refusal.isTransient(), done, cause);
  }

  private static BucketChanges changes(List<BucketHalf.Step> steps) {
    return new BucketChanges(
        steps.stream().flatMap(step -> step.changes().stream()).toList(),
        steps.stream().flatMap(step -> step.warnings().stream()).toList());
  }

  /** Says which bucket. */
  @Override
  public String toString() {
    return "BucketSetup[" + bucket + ", " + halves + "]";
  }

  /** Collects what the bucket is to be like. Not safe for use by several threads. */
  public static final class Builder {
    /** S3's limit for the ID of a rule. */
    private static final Pattern RULE_ID = Pattern.compile("[!-~]{1,255}");

    /** S3's limit for a key, and so for the start of one. */
    private static final int LONGEST_PREFIX = 1024;

    private static final Duration LONGEST_MAX_AGE = Duration.ofDays(1);

    private final S3Client s3;
    private final String bucket;
    private String ruleId = "reelbeam-uploads";
    private List<String> origins = List.of();
    private Duration maxAge = Duration.ofHours(1);
    private String prefix = "";
    private Duration abortAfter = Duration.ofDays(7);
    private boolean cors = true;
    private boolean lifecycle = true;

    private Builder(S3Client s3, String bucket) {
      if (bucket.isBlank()) {
        throw new IllegalArgumentException("a bucket has a name");
      }
      this.s3 = s3;
      this.bucket = bucket;
    }

    /**
     * The pages that may upload and play, by their origins; none unless set, and required unless
     * CORS is left out. Spelling is brought into the form that browsers send.
     *
     * @param origins each {@code scheme://host} or {@code scheme://host:port}; {@code *} alone is
     *     every page in the world, which may still do no more than its credentials allow
     * @throws IllegalArgumentException if one is neither, or {@code *} is not alone
     */
    public Builder allowedOrigins(Collection<String> origins) {
      List<String> normalized = origins.stream().map(WebOrigin::normalized).distinct().toList();
      if (normalized.contains("*") && normalized.size() > 1) {
        throw new IllegalArgumentException("the origin * is every origin: name it alone");
      }
      this.origins = normalized;
      return this;
    }

    /** The same as {@link #allowedOrigins(Collection)}. */
    public Builder allowedOrigins(String... origins) {
      return allowedOrigins(List.of(origins));
    }

    /**
     * How long a browser may rely on the answer to a preflight before it asks again; an hour unless
     * set.
     *
     * @param maxAge whole seconds, from none to a day; browsers cap it further
     * @throws IllegalArgumentException if it is anything else
     */
    public Builder preflightMaxAge(Duration maxAge) {
      if (maxAge.isNegative()
          || maxAge.compareTo(LONGEST_MAX_AGE) > 0
          || !Duration.ofSeconds(maxAge.toSeconds()).equals(maxAge)) {
        throw new IllegalArgumentException("not whole seconds up to a day: " + maxAge);
      }
      this.maxAge = maxAge;
      return this;
    }

    /**
     * The keys whose unfinished uploads are aborted: those that start like this. The whole bucket
     * unless set. It does not narrow the CORS rule: S3 has those for whole buckets only.
     *
     * @param prefix as in {@link ObjectKeys#withPrefix}
     * @throws IllegalArgumentException if it has more than 1,024 bytes of UTF-8, which is S3's
     *     bound for a key
     */
    public Builder prefix(String prefix) {
      if (prefix.getBytes(StandardCharsets.UTF_8).length > LONGEST_PREFIX) {
        throw new IllegalArgumentException("keys have up to 1,024 bytes, their prefixes too");
      }
      this.prefix = prefix;
      return this;
    }

    /**
     * When S3 aborts a multipart upload that is not complete, counted from its start; 7 days unless
     * set. Longer than any upload may be paused: an aborted one starts over from its first byte.
     *
     * @param abortAfter whole days, at least one: S3 counts in days ({@code DaysAfterInitiation})
     * @throws IllegalArgumentException if it is anything else
     */
    public Builder abortUnfinishedAfter(Duration abortAfter) {
      long days = abortAfter.toDays();
      if (days < 1 || days > Integer.MAX_VALUE || !Duration.ofDays(days).equals(abortAfter)) {
        throw new IllegalArgumentException("not whole days, one at least: " + abortAfter);
      }
      this.abortAfter = abortAfter;
      return this;
    }

    /**
     * The ID by which our rules are known; {@code reelbeam-uploads} unless set. Set-ups with
     * different prefixes or origins in one bucket need different ones, or each would replace the
     * other's rules.
     *
     * @param ruleId 1 to 255 visible ASCII characters
     * @throws IllegalArgumentException if it is anything else
     */
    public Builder ruleId(String ruleId) {
      if (!RULE_ID.matcher(ruleId).matches()) {
        throw new IllegalArgumentException("not 1 to 255 visible characters: '" + ruleId + "'");
      }
      this.ruleId = ruleId;
      return this;
    }

    /** Leaves the CORS configuration alone: no browser uploads, or the store has none. */
    public Builder withoutCors() {
      this.cors = false;
      return this;
    }

    /** Leaves the lifecycle configuration alone, for instance where the store has none. */
    public Builder withoutLifecycle() {
      this.lifecycle = false;
      return this;
    }

    /**
     * The set-up; nothing has been sent yet.
     *
     * @throws IllegalStateException if CORS is wanted for no origin, or nothing is wanted at all
     */
    public BucketSetup build() {
      if (!cors && !lifecycle) {
        throw new IllegalStateException("neither CORS nor lifecycle: nothing is left to set up");
      }
      if (cors && origins.isEmpty()) {
        throw new IllegalStateException(
            "CORS needs the origins of the app's pages; without such pages, leave CORS out");
      }
      List<BucketHalf> halves = new ArrayList<>();
      if (cors) {
        halves.add(
            new CorsHalf(CorsRules.rule(ruleId, origins, Math.toIntExact(maxAge.toSeconds()))));
      }
      if (lifecycle) {
        int days = Math.toIntExact(abortAfter.toDays());
        halves.add(new LifecycleHalf(LifecycleRules.rule(ruleId, prefix, days)));
      }
      return new BucketSetup(s3, bucket, List.copyOf(halves));
    }
  }
}
