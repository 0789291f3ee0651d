package io.github.reelbeam.backend;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/** An STS that answers as it is told, and remembers what it was asked. */
final class FakeSts implements BeforeEachCallback, AfterEachCallback {
  static final String ROLE = "arn:aws:iam::123456789012:role/uploader";
  static final AwsCredentials USER = AwsBasicCredentials.create("AKIAUSER", "user-secret");
  static final AwsCredentials SESSION =
      AwsSessionCredentials.create("ASIAOWN", "own-secret", "own-session-token");

  private final WireMockExtension server =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    server.beforeEach(context);
    for (String action : List.of("AssumeRole", "GetFederationToken", "GetSessionToken")) {
      answers(action, credentials(action));
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    server.afterEach(context);
  }

  StsClient client() {
    return client(USER).build();
  }

  StsClientBuilder client(AwsCredentials credentials) {
    return StsClient.builder()
        .endpointOverride(URI.create(server.baseUrl()))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials));
  }

  void answers(String action, ResponseDefinitionBuilder answer) {
    server.stubFor(asked(action).willReturn(answer));
  }

  /** Answers with these one after the other; the last one stays. */
  void answersInTurn(String action, ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      server.stubFor(
          asked(action)
              .inScenario(action)
              .whenScenarioStateIs(i == 0 ? "Started" : "answer " + i)
              .willSetStateTo("answer " + Math.min(i + 1, answers.length - 1))
              .willReturn(answers[i]));
    }
  }

  private static MappingBuilder asked(String action) {
    return post(urlEqualTo("/")).withFormParam("Action", equalTo(action));
  }

  /** How often an action was asked for. */
  int count(String action) {
    return server
        .findAll(postRequestedFor(urlEqualTo("/")).withFormParam("Action", equalTo(action)))
        .size();
  }

  /** The fields of the one request that was made. */
  Map<String, String> form() {
    var requests = server.findAll(postRequestedFor(urlEqualTo("/")));
    if (requests.size() != 1) {
      throw new AssertionError("asked " + requests.size() + " times");
    }
    Map<String, String> form = new LinkedHashMap<>();
    requests.get(0).formParameters().forEach((name, field) -> form.put(name, field.firstValue()));
    return form;
  }

  static ResponseDefinitionBuilder credentials(String action) {
    return aResponse()
        .withHeader("Content-Type", "text/xml")
        .withBody(
            """
            <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult><Credentials>
            <AccessKeyId>ASIAISSUED</AccessKeyId><SecretAccessKey>issued-secret</SecretAccessKey>
            <SessionToken>issued-session-token</SessionToken>
            <Expiration>2026-11-22T11:00:00.750Z</Expiration></Credentials></%1$sResult></%1$sResponse>
            """
                .formatted(action));
  }

  static ResponseDefinitionBuilder caller(String arn) {
    return aResponse()
        .withHeader("Content-Type", "text/xml")
        .withBody(
            """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
            <GetCallerIdentityResult><Arn>%s</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>
            """
                .formatted(arn));
  }

  static ResponseDefinitionBuilder refusal(int status, String code, String message) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "text/xml")
        .withBody(
            """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>
            <Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>
            <RequestId>request-1</RequestId></ErrorResponse>
            """
                .formatted(code, message));
  }

  /** As Ceph refuses: in the form of S3, and without words. */
  static ResponseDefinitionBuilder cephRefusal(int status, String code) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/xml")
        .withBody(
            """
            <?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message></Message>\
            <RequestId>tx1</RequestId><HostId>1</HostId></Error>"""
                .formatted(code));
  }
}
