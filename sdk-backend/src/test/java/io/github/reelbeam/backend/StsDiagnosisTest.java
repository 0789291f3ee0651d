package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.reelbeam.backend.CredentialsIssuer.Scope;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/** Each refusal of STS says what to do, whether it may pass, and no secret. */
class StsDiagnosisTest {
  private static final Scope SCOPE =
      new Scope("videos", "uploads/1.mp4", "ada", Duration.ofMinutes(30));

  @RegisterExtension final FakeSts sts = new FakeSts();

  private StsClientBuilder once() {
    return sts.client(FakeSts.SESSION)
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }

  private static GrantFailedException failure(CredentialsIssuer issuer) {
    return catchThrowableOfType(GrantFailedException.class, () -> issuer.issue(SCOPE));
  }

  private static GrantFailedException failure(StsClient client) {
    return failure(StsCredentials.assumingRole(client, FakeSts.ROLE).build());
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, User x may not, its trust policy has to name",
    "403, ExpiredToken, has expired, credentials provider that renews",
    "403, ExpiredTokenException, has expired, credentials provider that renews",
    "403, InvalidClientTokenId, is invalid, does not know the backend's own access key",
    "403, SignatureDoesNotMatch, differs, own secret access key is wrong",
    "403, MissingAuthenticationToken, none, not signed",
    "400, RequestExpired, too old, clock",
    "400, MalformedPolicyDocument, bad, key prefix",
    "400, PackedPolicyTooLarge, 120%, a shorter key prefix",
    "403, RegionDisabledException, off, switched off in this region",
    "400, ValidationError, DurationSeconds exceeds the MaxSessionDuration set for this role, raise its MaxSessionDuration",
    "400, ValidationError, the 1 hour session limit for roles assumed by role chaining, gets an hour at most",
    "400, ValidationError, something else, most often the session duration",
    "400, InvalidAction, no, check the StsClient's endpoint",
    "418, Teapot, short and stout, unexpected reason",
  })
  void saysWhatToDoAndThatItWillNotPass(int status, String code, String words, String advice) {
    sts.answers("AssumeRole", FakeSts.refusal(status, code, words));
    GrantFailedException failure = failure(once().build());
    assertThat(failure).hasMessageContaining(advice).hasMessageContaining(code);
    assertThat(failure.isTransient()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "400, Throttling, STS throttles",
    "400, ThrottlingException, STS throttles",
    "429, TooManyRequests, STS throttles",
    "500, InternalFailure, in trouble itself",
    "503, ServiceUnavailable, in trouble itself",
  })
  void saysThatItMayPass(int status, String code, String advice) {
    sts.answers("AssumeRole", FakeSts.refusal(status, code, "later"));
    GrantFailedException failure = failure(once().build());
    assertThat(failure).hasMessageContaining(advice).hasMessageContaining(code);
    assertThat(failure.isTransient()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchEntity, there is no role arn:aws:iam::123456789012:role/uploader",
    "403, AccessDenied, say the same of wrong keys",
    "400, InvalidArgument, most often the session duration",
    "405, MethodNotAllowed, does not know AssumeRole",
  })
  void readsTheRefusalsOfCeph(int status, String code, String advice) {
    sts.answers("AssumeRole", FakeSts.cephRefusal(status, code));
    assertThat(failure(once().build())).hasMessageContaining(advice).hasMessageContaining(code);
  }

  @Test
  void namesTheRoleTheRequestAndTheWordsOfSts() {
    sts.answers("AssumeRole", FakeSts.refusal(403, "AccessDenied", "User x may not"));
    assertThat(failure(once().build()))
        .hasMessageStartingWith("AssumeRole failed: ")
        .hasMessageContaining(FakeSts.ROLE)
        .hasMessageContaining("request request-1")
        .hasMessageContaining("User x may not");
  }

  @Test
  void tellsFederatingBackendsThatTheyNeedAUser() {
    sts.answers("GetFederationToken", FakeSts.refusal(403, "AccessDenied", "no"));
    assertThat(failure(StsCredentials.federating(once().build()).build()))
        .hasMessageContaining("GetFederationToken")
        .hasMessageContaining("uses assumingRole instead");
  }

  @Test
  void tellsSharingBackendsThatTheyNeedAUser() {
    sts.answers("GetSessionToken", FakeSts.refusal(403, "AccessDenied", "no"));
    assertThat(failure(StsCredentials.sharingUser(once().build()).build()))
        .hasMessageContaining("GetSessionToken")
        .hasMessageContaining("uses assumingRole instead");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SignatureDoesNotMatch", "IncompleteSignature", "AccessDenied"})
  void keepsTheRequestThatStsQuotesToItself(String code) {
    sts.answers(
        "AssumeRole",
        FakeSts.refusal(403, code, "it should have been x-amz-security-token:own-session-token"));
    GrantFailedException failure = failure(once().build());
    StringWriter log = new StringWriter();
    failure.printStackTrace(new PrintWriter(log));
    assertThat(log.toString()).contains(code).doesNotContain("own-session-token");
  }

  @Test
  void aConnectionThatIsRefusedMayPass() {
    StsClient client = once().endpointOverride(URI.create("http://127.0.0.1:1")).build();
    GrantFailedException failure = failure(client);
    assertThat(failure).hasMessageContaining("cannot be reached");
    assertThat(failure.isTransient()).isTrue();
  }

  @Test
  void aConnectionThatBreaksMayPass() {
    sts.answers("AssumeRole", WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    GrantFailedException failure = failure(once().build());
    assertThat(failure).hasMessageContaining("cannot be reached");
    assertThat(failure.isTransient()).isTrue();
  }

  @Test
  void anAnswerThatDoesNotComeMayPass() {
    sts.answers("AssumeRole", FakeSts.credentials("AssumeRole").withFixedDelay(5_000));
    StsClient client =
        sts.client(FakeSts.SESSION)
            .overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(100)))
            .build();
    GrantFailedException failure = failure(client);
    assertThat(failure).hasMessageContaining("cannot be reached");
    assertThat(failure.isTransient()).isTrue();
  }

  @Test
  void aBackendWithoutKeysIsTold() {
    StsClient client =
        once()
            .credentialsProvider(
                AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create()))
            .build();
    GrantFailedException failure = failure(client);
    assertThat(failure).hasMessageContaining("no AWS credentials of its own");
    assertThat(failure.isTransient()).isFalse();
  }

  @Test
  void anAnswerThatIsNoneOfStsIsNotUnderstood() {
    sts.answers("AssumeRole", WireMock.aResponse().withStatus(403).withBody("<html>proxy</html>"));
    assertThat(failure(once().build())).hasMessageContaining("no code, status 403");
  }
}
