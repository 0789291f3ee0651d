package io.github.reelbeam.backend;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Temporary credentials from STS, in one of its three ways:
 *
 * <ul>
 *   <li>{@link #assumingRole}: the default. A session of a role, narrowed to one object by a
 *       session policy.
 *   <li>{@link #federating}: a session of the backend's own IAM user, narrowed likewise.
 *   <li>{@link #sharingUser}: a session of a restricted IAM user. STS takes no policy here: whoever
 *       has such credentials may put <em>every</em> object that the user may put.
 * </ul>
 *
 * <p>On AWS a session lasts 15 minutes at least, and 12 hours at most. With {@link #assumingRole}
 * the role's {@code MaxSessionDuration} bounds it too (an hour unless it is raised), and so does
 * role chaining: a backend that runs as a role itself, in a container or a function, gets an hour.
 * Other stores have bounds of their own.
 *
 * <p>The {@link StsClient} is the app's own and is not closed here. Its retry strategy sees to
 * throttling, to an STS in trouble and to broken connections; with retries switched off, the first
 * of these fails the grant, as {@linkplain GrantFailedException#isTransient() transient}. A session
 * is named after the last segment of its key, which is how STS's audit log leads to the object.
 *
 * <p>Instances are safe for use by several threads.
 */
public final class StsCredentials implements CredentialsIssuer {
  private static final Duration LONGEST_CHAINED = Duration.ofHours(1);

  private static final Pattern AWS_HOST = Pattern.compile(".+\\.amazonaws\\.com(\\.cn)?");

  private final StsCall call;
  private final StsClient sts;
  private final @Nullable String roleArn;
  private final @Nullable String externalId;
  private final @Nullable String kmsKeyArn;
  private final String partition;
  private final BackendIdentity backend;
  private final StsDiagnosis diagnosis;

  private StsCredentials(Builder builder, String partition) {
    this.call = builder.call;
    this.sts = builder.sts;
    this.roleArn = builder.roleArn;
    this.externalId = builder.externalId;
    this.kmsKeyArn = builder.kmsKeyArn;
    this.partition = partition;
    this.backend = new BackendIdentity(sts);
    this.diagnosis = new StsDiagnosis(call, roleArn);
  }

  /**
   * Sessions of a role, each narrowed to its object (AssumeRole). The role's policy has to allow
   * the actions for all keys that are granted; its trust policy has to name the backend.
   *
   * <p>On Ceph that trust policy has to <em>deny</em> the role to itself as well ({@code "Effect":
   * "Deny", "Principal": {"AWS": ["arn:aws:iam:::role/uploader"]}, "Action": ["sts:AssumeRole"]}).
   * Ceph asks nothing else when a role is assumed, and takes a session for the user who made it:
   * without that statement a client could assume the role again, with no session policy (seen with
   * Ceph 16.2.15). AWS needs none, since the session policy allows nothing of STS.
   *
   * @param roleArn such as {@code arn:aws:iam::123456789012:role/uploader}; the account may be
   *     empty, as it is with Ceph
   */
  public static Builder assumingRole(StsClient sts, String roleArn) {
    return new Builder(StsCall.ASSUME_ROLE, sts, roleArn);
  }

  /**
   * Sessions of the IAM user whose long-term keys the client has, each narrowed to its object
   * (GetFederationToken). Roles cannot call it, and stores other than AWS may not have it: Ceph 16
   * does not.
   */
  public static Builder federating(StsClient sts) {
    return new Builder(StsCall.FEDERATION_TOKEN, sts, null);
  }

  /**
   * Sessions of the IAM user whose long-term keys the client has (GetSessionToken). They cannot be
   * narrowed to one key: give that user no right but to put objects under one prefix. Roles cannot
   * call it.
   */
  public static Builder sharingUser(StsClient sts) {
    return new Builder(StsCall.SESSION_TOKEN, sts, null);
  }

  @Override
  public TemporaryCredentials issue(Scope scope) {
    // written even where STS takes none: it is what refuses a key that cannot be granted
    String policy = SessionPolicy.forObject(partition, scope.bucket(), scope.key(), kmsKeyArn);
    int seconds = Math.toIntExact(scope.validity().toSeconds());
    chainedTooLong(scope.validity())
        .ifPresent(
            why -> {
              throw new GrantFailedException(why, false, null);
            });
    try {
      return complete(ask(scope.key(), policy, seconds));
    } catch (SdkException e) {
      throw diagnosis.of(e);
    }
  }

  private TemporaryCredentials complete(@Nullable Credentials made) {
    if (made == null
        || made.accessKeyId() == null
        || made.secretAccessKey() == null
        || made.sessionToken() == null
        || made.expiration() == null) {
      throw new GrantFailedException(
          call.action()
              + " failed: what answers as STS gives no temporary credentials: check the"
              + " StsClient's endpoint",
          false,
          null);
    }
    return new TemporaryCredentials(
        made.accessKeyId(), made.secretAccessKey(), made.sessionToken(), made.expiration());
  }

  private @Nullable Credentials ask(String key, String policy, int seconds) {
    return switch (call) {
      case ASSUME_ROLE ->
          sts.assumeRole(
                  r ->
                      r.roleArn(roleArn)
                          .roleSessionName(call.sessionName(key))
                          .externalId(externalId)
                          .durationSeconds(seconds)
                          .policy(policy))
              .credentials();
      case FEDERATION_TOKEN ->
          sts.getFederationToken(
                  r -> r.name(call.sessionName(key)).durationSeconds(seconds).policy(policy))
              .credentials();
      case SESSION_TOKEN -> sts.getSessionToken(r -> r.durationSeconds(seconds)).credentials();
    };
  }

  /**
   * Checks the bounds of STS. For more than an hour of a role's session, STS is asked who the
   * backend is, if its credentials are temporary ones: a role that assumes a role gets no more.
   *
   * @throws IllegalArgumentException if there are no such sessions; the message says why
   */
  @Override
  public void checkValidity(Duration validity) {
    call.checkValidity(validity, asksAws());
    chainedTooLong(validity)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
  }

  private Optional<String> chainedTooLong(Duration validity) {
    if (call != StsCall.ASSUME_ROLE || validity.compareTo(LONGEST_CHAINED) <= 0) {
      return Optional.empty();
    }
    return backend
        .chainedRole()
        .map(
            own ->
                "the backend is itself a role ("
                    + own
                    + "), and STS gives a role that assumes a role an hour at most, not "
                    + validity
                    + ": set sessionDuration to 1 hour or less, as clients renew in time, or call"
                    + " STS with the keys of an IAM user");
  }

  private boolean asksAws() {
    return sts.serviceClientConfiguration()
        .endpointOverride()
        .map(endpoint -> AWS_HOST.matcher(String.valueOf(endpoint.getHost())).matches())
        .orElse(true);
  }

  /** Shows which call is made and for which role. */
  @Override
  public String toString() {
    return "StsCredentials[" + call.action() + (roleArn == null ? "" : ", " + roleArn) + "]";
  }

  /** Collects the settings. Not safe for use by several threads. */
  public static final class Builder {
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

    private final StsCall call;
    private final StsClient sts;
    private final @Nullable String roleArn;
    private @Nullable String externalId;
    private @Nullable String kmsKeyArn;

    private Builder(StsCall call, StsClient sts, @Nullable String roleArn) {
      this.call = call;
      this.sts = sts;
      this.roleArn = roleArn;
    }

    /**
     * The external id that the role's trust policy asks for; none unless set.
     *
     * @throws IllegalArgumentException if STS would not take it (2 to 1,224 letters, digits and
     *     {@code _+=,.@:/-}), or no role is assumed
     */
    public Builder externalId(String id) {
      if (call != StsCall.ASSUME_ROLE) {
        throw new IllegalArgumentException(call.action() + " takes no external id");
      }
      if (!EXTERNAL_ID.matcher(id).matches()) {
        throw new IllegalArgumentException(
            "an external id has 2 to 1,224 letters, digits and _+=,.@:/-, unlike " + id);
      }
      this.externalId = id;
      return this;
    }

    /**
     * The KMS key with which the bucket encrypts, so that sessions may use it; none unless set.
     *
     * @param arn of the key itself, not of an alias
     * @throws IllegalArgumentException if STS takes no policy for such sessions
     */
    public Builder kmsKeyArn(String arn) {
      if (call == StsCall.SESSION_TOKEN) {
        throw new IllegalArgumentException(
            "GetSessionToken takes no policy: allow the KMS key in the policy of the user");
      }
      this.kmsKeyArn = arn;
      return this;
    }

    /**
     * The credentials issuer, ready for use. Nothing is asked of STS yet.
     *
     * @throws IllegalArgumentException if the role's or the KMS key's ARN is none, or they are of
     *     different partitions
     */
    public StsCredentials build() {
      String partition =
          roleArn == null
              ? PartitionMetadata.of(sts.serviceClientConfiguration().region()).id()
              : Arns.partitionOfRole(roleArn);
      if (kmsKeyArn != null) {
        Arns.checkedKmsKey(kmsKeyArn, partition);
      }
      return new StsCredentials(this, partition);
    }
  }
}
