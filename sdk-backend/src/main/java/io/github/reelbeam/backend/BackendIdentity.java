package io.github.reelbeam.backend;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Whose the backend's own credentials are. A role that assumes another one gets sessions of an hour
 * at most (role chaining), whatever the maximum of the other role is; and a backend in a container
 * or a function is a role as a rule.
 *
 * <p>STS is asked once. Where the answer cannot be had, nothing is known and nothing is refused.
 */
final class BackendIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(Loggers.CREDENTIALS);

  private static final Pattern ROLE_SESSION =
      Pattern.compile("arn:[^:]*:sts::[^:]*:assumed-role/[^/]+/(.+)");

  // AWS's documents except applications on EC2 from the limit of role chaining. Their sessions are
  // named after the instance: let STS itself decide about these.
  private static final Pattern EC2_INSTANCE = Pattern.compile("i-[0-9a-f]{8,17}");

  private final StsClient sts;
  private volatile @Nullable String arn;

  BackendIdentity(StsClient sts) {
    this.sts = sts;
  }

  /**
   * The ARN of the role session that the backend is, if the limit of role chaining holds for it.
   */
  Optional<String> chainedRole() {
    String known = arn;
    if (known == null) {
      known = ask();
    }
    Matcher session = ROLE_SESSION.matcher(known);
    return session.matches() && !EC2_INSTANCE.matcher(session.group(1)).matches()
        ? Optional.of(known)
        : Optional.empty();
  }

  /** Asks for the ARN; empty text if it is not known. */
  private String ask() {
    try {
      String answer = "";
      if (ownCredentials() instanceof AwsSessionCredentialsIdentity) {
        String told = sts.getCallerIdentity().arn();
        answer = told == null ? "" : told;
      }
      arn = answer;
      return answer;
    } catch (AwsServiceException e) {
      if (!e.isThrottlingException() && e.statusCode() < 500) {
        // such as a store whose STS has no such call: it would say the same next time
        arn = "";
      }
      LOG.debug("STS does not say who the backend is", e);
      return "";
    } catch (SdkException | CompletionException e) {
      LOG.debug("the backend's own credentials, or STS, cannot be reached", e);
      return "";
    }
  }

  private AwsCredentialsIdentity ownCredentials() {
    return sts.serviceClientConfiguration().credentialsProvider().resolveIdentity().join();
  }
}
