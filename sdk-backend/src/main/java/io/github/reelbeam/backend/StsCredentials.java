package io.github.reelbeam.backend;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
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
 * <p>The {@link StsClient} is the app's own and is not closed here; its retry strategy sees to
 * throttling and broken connections.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class StsCredentials implements CredentialsIssuer {

  private enum Way {
    ASSUME_ROLE,
    FEDERATION_TOKEN,
    SESSION_TOKEN
  }

  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^\\w+=,.@-]");

  private final Way way;
  private final StsClient sts;
  private final @Nullable String roleArn;
  private final @Nullable String externalId;
  private final @Nullable String kmsKeyArn;
  private final String partition;

  private StsCredentials(Builder builder) {
    this.way = builder.way;
    this.sts = builder.sts;
    this.roleArn = builder.roleArn;
    this.externalId = builder.externalId;
    this.kmsKeyArn = builder.kmsKeyArn;
    this.partition = "aws";
  }

  /**
   * Sessions of a role, each narrowed to its object. The role's policy has to allow the actions for
   * all keys that are granted; its trust policy has to name the backend.
   */
  public static Builder assumingRole(StsClient sts, String roleArn) {
    return new Builder(Way.ASSUME_ROLE, sts, roleArn);
  }

  /**
   * Sessions of the IAM user whose long-term keys the client has, each narrowed to its object
   * (GetFederationToken). Roles cannot call it.
   */
  public static Builder federating(StsClient sts) {
    return new Builder(Way.FEDERATION_TOKEN, sts, null);
  }

  /**
   * Sessions of the IAM user whose long-term keys the client has (GetSessionToken). They cannot be
   * narrowed to one key: give that user no right but to put objects under one prefix.
   */
  public static Builder sharingUser(StsClient sts) {
    return new Builder(Way.SESSION_TOKEN, sts, null);
  }

  @Override
  public TemporaryCredentials issue(Scope scope) {
    String policy = SessionPolicy.forObject(partition, scope.bucket(), scope.key(), kmsKeyArn);
    int seconds = Math.toIntExact(scope.validity().toSeconds());
    try {
      Credentials made = ask(scope, policy, seconds);
      return new TemporaryCredentials(
          made.accessKeyId(), made.secretAccessKey(), made.sessionToken(), made.expiration());
    } catch (SdkException e) {
      throw new GrantFailedException("STS refused: " + e.getMessage(), e.retryable(), e);
    }
  }

  private Credentials ask(Scope scope, String policy, int seconds) {
    return switch (way) {
      case ASSUME_ROLE ->
          sts.assumeRole(
                  r ->
                      r.roleArn(roleArn)
                          .roleSessionName(sessionName(scope.key(), 64))
                          .externalId(externalId)
                          .durationSeconds(seconds)
                          .policy(policy))
              .credentials();
      case FEDERATION_TOKEN ->
          sts.getFederationToken(
                  r -> r.name(sessionName(scope.key(), 32)).durationSeconds(seconds).policy(policy))
              .credentials();
      case SESSION_TOKEN -> sts.getSessionToken(r -> r.durationSeconds(seconds)).credentials();
    };
  }

  /** Names the session after the object, so that the audit log leads from one to the other. */
  private static String sessionName(String key, int longest) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    String clean = NOT_IN_A_NAME.matcher(name).replaceAll("-");
    return clean.substring(0, Math.min(clean.length(), longest));
  }

  @Override
  public void checkValidity(Duration validity) {}

  /** Collects the settings. Not safe for use by several threads. */
  public static final class Builder {
    private final Way way;
    private final StsClient sts;
    private final @Nullable String roleArn;
    private @Nullable String externalId;
    private @Nullable String kmsKeyArn;

    private Builder(Way way, StsClient sts, @Nullable String roleArn) {
      this.way = way;
      this.sts = sts;
      this.roleArn = roleArn;
    }

    /** The external id that the role's trust policy asks for; none unless set. */
    public Builder externalId(String id) {
      this.externalId = id;
      return this;
    }

    /** The KMS key with which the bucket encrypts, so that sessions may use it; none unless set. */
    public Builder kmsKeyArn(String arn) {
      this.kmsKeyArn = arn;
      return this;
    }

    /** The credentials issuer, ready for use. */
    public StsCredentials build() {
      return new StsCredentials(this);
    }
  }
}
