package io.github.reelbeam.backend;

import io.github.reelbeam.backend.CredentialsIssuer.Scope;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Issues upload grants: a new key, temporary credentials for exactly that key, and a token with
 * which the same user may have them renewed.
 *
 * <p>It keeps nothing: any machine of the backend that has the same {@link RenewalTokens} secret
 * renews what another one has granted.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class UploadGrantIssuer {
  /** What STS gives to a role, and enough for any other source of credentials. */
  private static final Duration LONGEST_SESSION = Duration.ofHours(12);

  // AWS's regions look like this; other stores have names such as "default"
  private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private final CredentialsIssuer credentials;
  private final RenewalTokens renewalTokens;
  private final String bucket;
  private final String region;
  private final ObjectKeys keys;
  private final UploadLimits limits;
  private final Duration sessionDuration;
  private final Duration renewableFor;
  private final @Nullable URI endpoint;
  private final boolean pathStyleAccess;
  private final Clock clock;

  private UploadGrantIssuer(Builder builder) {
    this.credentials = builder.credentials;
    this.renewalTokens = builder.renewalTokens;
    this.bucket = builder.bucket;
    this.region = builder.region;
    this.keys = builder.keys;
    this.limits = builder.limits;
    this.sessionDuration = builder.sessionDuration;
    this.renewableFor = builder.renewableFor;
    this.endpoint = builder.endpoint;
    this.pathStyleAccess = builder.pathStyleAccess;
    this.clock = builder.clock;
  }

  /**
   * Starts with what every issuer needs.
   *
   * @param bucket where the videos go
   * @param region the bucket's
   * @param credentials makes the credentials; {@link StsCredentials} as a rule
   * @param renewalTokens signs and checks the renewal tokens
   * @throws IllegalArgumentException if the bucket's name breaks S3's rules for general purpose
   *     buckets, or the region's is none
   */
  public static Builder builder(
      String bucket, String region, CredentialsIssuer credentials, RenewalTokens renewalTokens) {
    return new Builder(bucket, region, credentials, renewalTokens);
  }

  /**
   * Issues the grant for a new upload.
   *
   * @param subject the user who asks, as the backend has authenticated it, in a form that stays the
   *     same: renewals are granted to nobody else
   * @param video what the client says of the video
   * @throws RequestRefusedException if the video is not within the limits: 400 {@code
   *     invalid_request}, 413 {@code too_large} or 415 {@code content_type_not_allowed}
   * @throws IllegalArgumentException if the subject is blank: nobody has been authenticated
   * @throws GrantFailedException if there are no credentials to be had
   */
  public IssuedGrant issue(String subject, VideoDescription video) {
    requireSubject(subject);
    limits.check(video);
    String key = keys.next(video.fileName());
    String token = renewalTokens.issue(key, subject, clock.instant().plus(renewableFor));
    return grant(subject, key, token);
  }

  /**
   * Renews the credentials of a grant. The renewal token stays the same, so that its end does too.
   *
   * @param subject the user who asks, as the backend has authenticated it
   * @param key the key of the grant, as the client tells it
   * @param renewalToken as the client tells it
   * @throws RequestRefusedException 403 {@code renewal_refused}, or {@code renewal_expired} if the
   *     upload has to be granted anew
   * @throws IllegalArgumentException if the subject is blank: nobody has been authenticated
   * @throws GrantFailedException if there are no credentials to be had
   */
  public IssuedGrant renew(String subject, String key, @Nullable String renewalToken) {
    requireSubject(subject);
    switch (renewalTokens.check(renewalToken, key, subject)) {
      case VALID -> {}
      case EXPIRED ->
          throw new RequestRefusedException(
              403, "renewal_expired", "this grant is too old to be renewed: ask for a new one");
      case REFUSED ->
          throw new RequestRefusedException(
              403, "renewal_refused", "this key was not granted to you");
    }
    return grant(subject, key, String.valueOf(renewalToken));
  }

  private static void requireSubject(String subject) {
    if (subject.isBlank()) {
      // all who have not been told apart would share their keys
      throw new IllegalArgumentException("no subject: authenticate the user first");
    }
  }

  private IssuedGrant grant(String subject, String key, String renewalToken) {
    TemporaryCredentials issued =
        credentials.issue(new Scope(bucket, key, subject, sessionDuration));
    return new IssuedGrant(issued, region, bucket, key, endpoint, pathStyleAccess, renewalToken);
  }

  /** Shows where grants lead; there is no secret in it. */
  @Override
  public String toString() {
    return "UploadGrantIssuer["
        + bucket
        + ", "
        + region
        + (endpoint == null ? "" : ", " + endpoint)
        + ", sessions of "
        + sessionDuration
        + "]";
  }

  /** Collects the settings of an issuer. Not safe for use by several threads. */
  public static final class Builder {
    private final String bucket;
    private final String region;
    private final CredentialsIssuer credentials;
    private final RenewalTokens renewalTokens;
    private ObjectKeys keys = ObjectKeys.withPrefix("uploads/");
    private UploadLimits limits = UploadLimits.upTo(UploadLimits.LARGEST_OBJECT);
    private Duration sessionDuration = Duration.ofHours(1);
    private Duration renewableFor = Duration.ofDays(7);
    private @Nullable URI endpoint;
    private boolean pathStyleAccess;
    private Clock clock = Clock.systemUTC();

    private Builder(
        String bucket, String region, CredentialsIssuer credentials, RenewalTokens renewalTokens) {
      this.bucket = BucketNames.checked(bucket);
      this.region = region;
      this.credentials = credentials;
      this.renewalTokens = renewalTokens;
      if (!REGION.matcher(region).matches()) {
        throw new IllegalArgumentException("not a region such as eu-central-1: " + region);
      }
    }

    /** How objects are named; a UUID under {@code uploads/} unless set. */
    public Builder keys(ObjectKeys keys) {
      this.keys = keys;
      return this;
    }

    /** What may be uploaded; {@code video/*} up to S3's own limit unless set. */
    public Builder limits(UploadLimits limits) {
      this.limits = limits;
      return this;
    }

    /**
     * How long credentials hold; an hour unless set. Clients renew them ahead of their end, so a
     * short time costs little, and a stolen grant is worth little.
     *
     * @throws IllegalArgumentException if it is not above zero and at most 12 hours
     */
    public Builder sessionDuration(Duration duration) {
      if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST_SESSION) > 0) {
        throw new IllegalArgumentException("a session lasts at most 12 hours, not " + duration);
      }
      this.sessionDuration = duration;
      return this;
    }

    /**
     * For how long after the grant its credentials may be renewed; 7 days unless set. Longer than
     * the bucket's lifecycle rule keeps incomplete multipart uploads it is of no use.
     *
     * @throws IllegalArgumentException if it is not above zero
     */
    public Builder renewableFor(Duration duration) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException("renewable for " + duration);
      }
      this.renewableFor = duration;
      return this;
    }

    /**
     * Where clients find a store other than AWS's, told with each grant; AWS unless set.
     *
     * @throws IllegalArgumentException if it is not a URL of a host, by http or https and without
     *     user, query or fragment
     */
    public Builder endpoint(URI storeEndpoint) {
      String scheme = String.valueOf(storeEndpoint.getScheme()).toLowerCase(Locale.ROOT);
      if (!(scheme.equals("http") || scheme.equals("https"))
          || storeEndpoint.getHost() == null
          || storeEndpoint.getRawUserInfo() != null
          || storeEndpoint.getRawQuery() != null
          || storeEndpoint.getRawFragment() != null) {
        // not shown as a whole: a password may be in it
        throw new IllegalArgumentException(
            "an endpoint is like https://s3.example.com: scheme "
                + scheme
                + ", host "
                + storeEndpoint.getHost());
      }
      this.endpoint = storeEndpoint;
      return this;
    }

    /** Whether clients put the bucket into the path; false unless set. */
    public Builder pathStyleAccess(boolean inThePath) {
      this.pathStyleAccess = inThePath;
      return this;
    }

    /** The clock that dates renewal tokens; the system's unless set. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * The issuer, ready for use. With {@link StsCredentials} and sessions of more than an hour, STS
     * may be asked who the backend is.
     *
     * @throws IllegalArgumentException if there are no credentials of this session duration
     */
    public UploadGrantIssuer build() {
      credentials.checkValidity(sessionDuration);
      return new UploadGrantIssuer(this);
    }
  }
}
