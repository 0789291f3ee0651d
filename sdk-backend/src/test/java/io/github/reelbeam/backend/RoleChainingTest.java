package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reelbeam.backend.CredentialsIssuer.Scope;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;

/** A role that assumes a role gets an hour: said before STS refuses. */
class RoleChainingTest {
  private static final String TASK = "arn:aws:sts::123456789012:assumed-role/backend-task/0123abcd";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LONGER = HOUR.plusSeconds(1);

  @RegisterExtension final FakeSts sts = new FakeSts();

  private StsCredentials issuer(AwsCredentials own) {
    return StsCredentials.assumingRole(
            sts.client(own)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build(),
            FakeSts.ROLE)
        .build();
  }

  private static Scope scope(Duration validity) {
    return new Scope("videos", "uploads/1.mp4", "ada", validity);
  }

  @Test
  void refusesMoreThanAnHourToABackendThatIsARole() {
    sts.answers("GetCallerIdentity", FakeSts.caller(TASK));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuer(FakeSts.SESSION).checkValidity(LONGER))
        .withMessageContaining(TASK)
        .withMessageContaining("sessionDuration");
  }

  @Test
  void refusesAGrantWithoutAskingForTheRole() {
    sts.answers("GetCallerIdentity", FakeSts.caller(TASK));
    StsCredentials issuer = issuer(FakeSts.SESSION);
    assertThatThrownBy(() -> issuer.issue(scope(LONGER)))
        .isInstanceOf(GrantFailedException.class)
        .hasMessageContaining(TASK);
    assertThat(sts.count("AssumeRole")).isZero();
  }

  @Test
  void allowsAnHourUnasked() {
    issuer(FakeSts.SESSION).checkValidity(HOUR);
    assertThat(sts.count("GetCallerIdentity")).isZero();
  }

  @Test
  void allowsMoreToLongTermKeysUnasked() {
    issuer(FakeSts.USER).checkValidity(LONGER);
    assertThat(sts.count("GetCallerIdentity")).isZero();
  }

  @Test
  void doesNotAskForASessionOfTheUserItself() {
    StsCredentials.sharingUser(sts.client(FakeSts.SESSION).build()).build().checkValidity(LONGER);
    assertThat(sts.count("GetCallerIdentity")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::123456789012:user/backend",
        "arn:aws:sts::123456789012:assumed-role/web-server/i-0123456789abcdef0",
      })
  void leavesUsersAndInstancesToSts(String caller) {
    sts.answers("GetCallerIdentity", FakeSts.caller(caller));
    issuer(FakeSts.SESSION).checkValidity(LONGER);
  }

  @Test
  void asksOnce() {
    sts.answers("GetCallerIdentity", FakeSts.caller("arn:aws:iam::123456789012:user/backend"));
    StsCredentials issuer = issuer(FakeSts.SESSION);
    issuer.checkValidity(LONGER);
    issuer.issue(scope(LONGER));
    issuer.issue(scope(LONGER));
    assertThat(sts.count("GetCallerIdentity")).isEqualTo(1);
  }

  @Test
  void skipsTheCheckWhereStsDoesNotKnowTheCall() {
    sts.answers("GetCallerIdentity", FakeSts.cephRefusal(405, "MethodNotAllowed"));
    StsCredentials issuer = issuer(FakeSts.SESSION);
    issuer.checkValidity(LONGER);
    issuer.issue(scope(LONGER));
    assertThat(sts.count("GetCallerIdentity")).isEqualTo(1);
  }

  @Test
  void asksAgainAfterATroubleOfSts() {
    sts.answersInTurn(
        "GetCallerIdentity",
        FakeSts.refusal(503, "ServiceUnavailable", "later"),
        FakeSts.caller(TASK));
    StsCredentials issuer = issuer(FakeSts.SESSION);
    issuer.checkValidity(LONGER);
    assertThatThrownBy(() -> issuer.issue(scope(LONGER))).isInstanceOf(GrantFailedException.class);
  }
}
