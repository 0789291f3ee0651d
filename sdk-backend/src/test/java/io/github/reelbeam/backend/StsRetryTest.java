package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.reelbeam.backend.CredentialsIssuer.Scope;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;

/** The StsClient retries by itself; this library adds no attempts of its own. */
class StsRetryTest {
  private static final Scope SCOPE =
      new Scope("videos", "uploads/1.mp4", "ada", Duration.ofMinutes(30));

  @RegisterExtension final FakeSts sts = new FakeSts();

  static Stream<ResponseDefinitionBuilder> troublesThatPass() {
    return Stream.of(
        FakeSts.refusal(503, "ServiceUnavailable", "later"),
        FakeSts.refusal(400, "Throttling", "Rate exceeded"),
        WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
  }

  @ParameterizedTest
  @MethodSource("troublesThatPass")
  void aTroubleThatPassesIsNotSeen(ResponseDefinitionBuilder trouble) {
    sts.answersInTurn("AssumeRole", trouble, FakeSts.credentials("AssumeRole"));
    StsCredentials issuer = StsCredentials.assumingRole(sts.client(), FakeSts.ROLE).build();
    assertThat(issuer.issue(SCOPE).accessKeyId()).isEqualTo("ASIAISSUED");
    assertThat(sts.count("AssumeRole")).isEqualTo(2);
  }

  @Test
  void aTroubleThatStaysIsTransient() {
    sts.answers("AssumeRole", FakeSts.refusal(503, "ServiceUnavailable", "later"));
    StsCredentials issuer = StsCredentials.assumingRole(sts.client(), FakeSts.ROLE).build();
    assertThat(failure(issuer).isTransient()).isTrue();
    assertThat(sts.count("AssumeRole")).isGreaterThan(1);
  }

  @Test
  void withRetriesSwitchedOffTheFirstTroubleFailsTheGrant() {
    sts.answersInTurn(
        "AssumeRole",
        FakeSts.refusal(503, "ServiceUnavailable", "later"),
        FakeSts.credentials("AssumeRole"));
    StsClient client =
        sts.client(FakeSts.USER)
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
    StsCredentials issuer = StsCredentials.assumingRole(client, FakeSts.ROLE).build();
    assertThat(failure(issuer).isTransient()).isTrue();
    assertThat(sts.count("AssumeRole")).isEqualTo(1);
  }

  @Test
  void aRefusalIsNotAskedForTwice() {
    sts.answers("AssumeRole", FakeSts.refusal(403, "AccessDenied", "no"));
    StsCredentials issuer = StsCredentials.assumingRole(sts.client(), FakeSts.ROLE).build();
    assertThat(failure(issuer).isTransient()).isFalse();
    assertThat(sts.count("AssumeRole")).isEqualTo(1);
  }

  private static GrantFailedException failure(CredentialsIssuer issuer) {
    return catchThrowableOfType(GrantFailedException.class, () -> issuer.issue(SCOPE));
  }
}
