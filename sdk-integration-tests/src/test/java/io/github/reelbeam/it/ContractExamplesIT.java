package io.github.reelbeam.it;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.reelbeam.GrantException;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.credentials.CredentialsFetcher.Request;
import io.github.reelbeam.credentials.HttpCredentialsFetcher;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who builds a backend from the examples of {@code docs/openapi.yaml} has one that works: the
 * client takes them, and a backend takes those of the client.
 */
class ContractExamplesIT {
  private static final String GRANT = "/api/v1/uploads";

  private final WireMockServer server =
      new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

  @BeforeEach
  void startServer() {
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop();
  }

  private static JsonNode document() throws IOException {
    return new YAMLMapper().readTree(ContractValidator.DOCUMENT.toFile());
  }

  /** The examples of a request or an answer, followed to where they are. */
  private static List<Arguments> examples(JsonNode document, JsonNode of, Object first) {
    JsonNode place = of.has("$ref") ? document.at(of.path("$ref").asText().substring(1)) : of;
    List<Arguments> examples = new ArrayList<>();
    place
        .at("/content/application~1json/examples")
        .forEach(example -> examples.add(Arguments.of(first, example.path("value"))));
    return examples;
  }

  static Stream<Arguments> grants() throws IOException {
    JsonNode document = document();
    JsonNode paths = document.path("paths");
    JsonNode issued = paths.path(GRANT).at("/post/responses/201");
    JsonNode renewed = paths.path(GRANT + "/renewals").at("/post/responses/200");
    return Stream.concat(
        examples(document, issued, 201).stream(), examples(document, renewed, 200).stream());
  }

  static Stream<Arguments> refusals() throws IOException {
    JsonNode document = document();
    ObjectNode answers = (ObjectNode) document.path("paths").path(GRANT).at("/post/responses");
    return answers.properties().stream()
        .filter(answer -> answer.getKey().matches("[45]\\d\\d"))
        .flatMap(
            answer ->
                examples(document, answer.getValue(), Integer.valueOf(answer.getKey())).stream());
  }

  private UploadGrant issue(int status, JsonNode answer) throws InterruptedException {
    server.stubFor(
        post(urlPathEqualTo(GRANT))
            .willReturn(
                aResponse()
                    .withStatus(status)
                    // of the same day as the expirations in the examples
                    .withHeader("Date", "Sat, 31 Jan 2026 11:00:00 GMT")
                    .withHeader("Content-Type", "application/json")
                    .withBody(answer.toString())));
    return HttpCredentialsFetcher.builder(URI.create(server.baseUrl()))
        .retryPolicy(RetryPolicy.builder().maxAttempts(1).build())
        .build()
        .issue(new Request("holiday.mp4", "video/mp4", 5, Map.of()));
  }

  @ParameterizedTest
  @MethodSource("grants")
  void theClientTakesTheGrants(int status, JsonNode example) throws Exception {
    UploadGrant grant = issue(status, example);
    assertThat(grant.key()).isEqualTo(example.path("key").asText());
    assertThat(grant.validFor()).isGreaterThanOrEqualTo(Duration.ofHours(1));
    assertThat(grant.endpoint().isPresent()).isEqualTo(example.has("endpoint"));
    assertThat(grant.pathStyleAccess()).isEqualTo(example.has("pathStyleAccess"));
    assertThat(grant.renewalToken().isPresent()).isEqualTo(example.has("renewalToken"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void theClientUnderstandsTheRefusals(int status, JsonNode example) {
    GrantException refused =
        catchThrowableOfType(GrantException.class, () -> issue(status, example));
    assertThat(refused.code()).contains(example.path("code").asText());
    assertThat(refused).hasMessageContaining(example.path("message").asText());
    boolean comesRoundAgain = status == 401 || status == 429 || status >= 500;
    assertThat(refused.isResumable()).isEqualTo(comesRoundAgain);
  }

  @Test
  void aBackendTakesTheRequestsForGrants() throws Exception {
    JsonNode document = document();
    JsonNode request = document.path("paths").path(GRANT).at("/post/requestBody");
    try (EmbeddedS3 s3 = EmbeddedS3.start();
        EmbeddedBackend backend = EmbeddedBackend.start(s3)) {
      List<Arguments> examples = examples(document, request, GRANT);
      for (Arguments example : examples) {
        assertThat(status(backend.uri().resolve(GRANT), example.get()[1])).isEqualTo(201);
      }
      assertThat(backend.grants()).hasSize(examples.size()).hasSizeGreaterThan(1);
    }
  }

  private static int status(URI url, Object body) throws IOException {
    okhttp3.Request request =
        new okhttp3.Request.Builder()
            .url(url.toString())
            .post(RequestBody.create(body.toString(), MediaType.get("application/json")))
            .build();
    try (Response response = new OkHttpClient().newCall(request).execute()) {
      return response.code();
    }
  }
}
