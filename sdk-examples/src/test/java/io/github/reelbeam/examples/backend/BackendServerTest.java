package io.github.reelbeam.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.backend.GrantFailedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendServerTest {
  private static final String VIDEO =
      "{\"fileName\":\"a.mp4\",\"contentType\":\"video/mp4\",\"size\":5}";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private TestBackend backend;

  @BeforeEach
  void start() throws IOException {
    backend = TestBackend.start(folder);
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Test
  void aUserIsGrantedAnUploadWhichBecomesAnAssetOfTheUser() throws Exception {
    HttpResponse<String> granted = post("api/v1/uploads", TestBackend.ADA, VIDEO);
    JsonNode grant = JSON.readTree(granted.body());
    String key = grant.path("key").asText();
    HttpResponse<String> registered =
        post("api/v1/video", TestBackend.ADA, notification("upload", key));
    HttpResponse<String> repeated =
        post("api/v1/video", TestBackend.ADA, notification("upload", key));

    assertThat(granted.statusCode()).isEqualTo(201);
    assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
    assertThat(repeated.statusCode()).isEqualTo(200);
    assertThat(repeated.body()).isEqualTo(registered.body());
    JsonNode assets = json(get("api/v1/assets", TestBackend.ADA)).path("assets");
    assertThat(assets).hasSize(1);
    assertThat(assets.path(0).path("key").asText()).isEqualTo(key);
    assertThat(assets.path(0).path("checksum").path("algorithm").asText()).isEqualTo("CRC32");
    assertThat(json(get("api/v1/assets", TestBackend.BOB)).path("assets")).isEmpty();
  }

  @Test
  void credentialsAreRenewedForTheirOwnerOnly() throws Exception {
    JsonNode grant = json(post("api/v1/uploads", TestBackend.ADA, VIDEO));
    String renewal =
        JSON.createObjectNode()
            .put("key", grant.path("key").asText())
            .put("renewalToken", grant.path("renewalToken").asText())
            .toString();

    assertThat(post("api/v1/uploads/renewals", TestBackend.ADA, renewal).statusCode())
        .isEqualTo(200);
    assertThat(post("api/v1/uploads/renewals", TestBackend.BOB, renewal).statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, api/v1/uploads",
    "POST, api/v1/uploads/renewals",
    "POST, api/v1/video",
    "GET, api/v1/assets",
    "GET, api/v1/assets/some-id/url"
  })
  void nobodyGetsInWithoutAToken(String method, String path) throws Exception {
    for (String authorization : List.of("", "Bearer wrong", "Basic " + TestBackend.ADA)) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(backend.uri(path)).method(method, BodyPublishers.noBody());
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer realm=\"reelbeam\"");
      assertThat(json(response).path("code").asText()).isEqualTo("unauthorized");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    api/v1/uploads,    405, POST",
    "PUT,    api/v1/video,      405, POST",
    "DELETE, api/v1/assets,     405, 'GET, HEAD'",
    "POST,   healthz,           405, 'GET, HEAD'",
    "GET,    api/v1/nothing,    404,",
    "GET,    api/v1/assets/,    404,",
    "POST,   api/v1/uploads/,   404,",
    "GET,    page.html,         404,",
    "GET,    '../../etc/passwd', 404,",
    "GET,    '%2e%2e/healthz',  404,"
  })
  void whatThereIsNotIsRefusedInJson(String method, String path, int status, String allow)
      throws Exception {
    HttpResponse<String> response = send(method, path, TestBackend.ADA, BodyPublishers.noBody());

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Allow").orElse(null)).isEqualTo(allow);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json(response).path("code").asText()).isNotEmpty();
  }

  @Test
  void aRequestOfTheLargestSizeIsRead() throws Exception {
    String padded = VIDEO + " ".repeat((64 << 10) - VIDEO.length());

    assertThat(post("api/v1/uploads", TestBackend.ADA, padded).statusCode()).isEqualTo(201);
  }

  @Test
  void aRequestThatIsTooLargeIsRefused() throws Exception {
    String padded = VIDEO + " ".repeat((64 << 10) - VIDEO.length() + 1);

    HttpResponse<String> response = post("api/v1/uploads", TestBackend.ADA, padded);

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(json(response).path("code").asText()).isEqualTo("too_large");
  }

  @Test
  void aRequestWithoutALengthThatIsTooLargeIsRefused() throws Exception {
    byte[] large = new byte[500_000];

    HttpResponse<String> response =
        send(
            "POST",
            "api/v1/uploads",
            TestBackend.ADA,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));

    assertThat(response.statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "[]", "{}", "{\"size\":\"x\"}"})
  void aBodyThatIsNoRequestIsRefused(String body) throws Exception {
    HttpResponse<String> response = post("api/v1/uploads", TestBackend.ADA, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("code").asText()).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=0", "limit=101", "limit=x", "limit", "limit=-1", "before=1e3", "before="})
  void aWrongPageOfTheListIsRefused(String query) throws Exception {
    assertThat(get("api/v1/assets?" + query, TestBackend.ADA).statusCode()).isEqualTo(400);
  }

  @Test
  void theListComesInPages() throws Exception {
    for (int i = 0; i < 3; i++) {
      backend.assets.register(Assets.of("upload-" + i, "key-" + i));
    }

    JsonNode newest = json(get("api/v1/assets?limit=2", TestBackend.ADA));
    JsonNode rest =
        json(get("api/v1/assets?before=" + newest.path("next").asLong(), TestBackend.ADA));

    assertThat(newest.path("assets").findValuesAsText("key")).containsExactly("key-2", "key-1");
    assertThat(rest.path("assets").findValuesAsText("key")).containsExactly("key-0");
    assertThat(rest.has("next")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
        "CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST /api/v1/video HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\n",
        "POST /api/v1/video HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n{"
      })
  void afterARequestThatIsMalformedOrBrokenOffOthersAreServed(String request) throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), backend.server.uri().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotContain("HTTP/1.1 2");
    }

    assertThat(get("healthz", "").statusCode()).isEqualTo(200);
  }

  @Test
  void itIsHealthyWhileTheDatabaseAnswers() throws Exception {
    assertThat(get("healthz", "").body()).isEqualTo("{\"status\":\"ok\"}");

    backend.assets.close();

    assertThat(get("healthz", "").statusCode()).isEqualTo(503);
  }

  @Test
  void aDatabaseThatFailsIsAnErrorWithoutDetails() throws Exception {
    backend.assets.close();

    HttpResponse<String> response = get("api/v1/assets", TestBackend.ADA);

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .isEqualTo("{\"code\":\"internal_error\",\"message\":\"the backend failed\"}");
  }

  @Test
  void anStsThatIsAwayIsAnErrorThatPasses() throws Exception {
    try (TestBackend withoutSts =
        TestBackend.start(
            folder.resolve("other"),
            scope -> {
              throw new GrantFailedException("throttled", true, new IOException("no"));
            })) {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(withoutSts.uri("api/v1/uploads"))
                  .header("Authorization", "Bearer " + TestBackend.ADA)
                  .POST(BodyPublishers.ofString(VIDEO))
                  .build(),
              BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void aPlaybackUrlIsForTheStoreAndRunsOut() throws Exception {
    String id = backend.assets.register(Assets.of("upload", "uploads/a.mp4")).assetId();

    HttpResponse<String> response = get("api/v1/assets/" + id + "/url", TestBackend.ADA);

    URI url = URI.create(json(response).path("url").asText());
    assertThat(url.getHost()).isEqualTo("videos.s3.eu-central-1.amazonaws.com");
    assertThat(url.getPath()).isEqualTo("/uploads/a.mp4");
    assertThat(url.getQuery())
        .contains("response-content-type=video/mp4")
        .contains("response-content-disposition=inline")
        .contains("X-Amz-Expires=900")
        .doesNotContain(TestBackend.SECRET_KEY);
    assertThat(get("api/v1/assets/" + id + "/url", TestBackend.BOB).statusCode()).isEqualTo(404);
    assertThat(get("api/v1/assets/other/url", TestBackend.ADA).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNoVideoIsNotServedAsWhatItSays() throws Exception {
    String id = backend.assets.register(Assets.sparse("upload", "uploads/a.mp4")).assetId();

    String url = json(get("api/v1/assets/" + id + "/url", TestBackend.ADA)).path("url").asText();

    assertThat(URI.create(url).getQuery())
        .contains("response-content-type=application/octet-stream")
        .contains("response-content-disposition=attachment");
  }

  @Test
  void thePageMayRunItsOwnScriptOnlyAndPlayFromTheStoreOnly() throws Exception {
    HttpResponse<String> first = get("", "");
    HttpResponse<String> second = get("", "");

    String policy = first.headers().firstValue("Content-Security-Policy").orElseThrow();
    String nonce = policy.replaceFirst("(?s).*script-src 'nonce-([^']+)'.*", "$1");
    assertThat(policy)
        .contains("default-src 'none'")
        .contains("media-src https://videos.s3.eu-central-1.amazonaws.com;")
        .doesNotContain("unsafe");
    assertThat(first.body())
        .contains("<script nonce=\"" + nonce + "\">")
        .doesNotContain("{nonce}")
        .doesNotContain(" style=")
        .doesNotContain("innerHTML");
    assertThat(second.body()).doesNotContain(nonce);
  }

  @Test
  void headIsAnsweredWithoutABody() throws Exception {
    HttpResponse<String> response = send("HEAD", "healthz", "", BodyPublishers.noBody());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Length")).contains("15");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void aLineOfTheLogSaysWhoDidWhat() throws Exception {
    HttpResponse<String> response = post("api/v1/uploads?a=query", TestBackend.ADA, VIDEO);

    await().until(() -> !backend.logged().isEmpty());
    JsonNode line = JSON.readTree(backend.logged().get(0));
    assertThat(line.fieldNames())
        .toIterable()
        .containsExactly(
            "time",
            "requestId",
            "method",
            "path",
            "status",
            "bytes",
            "milliseconds",
            "user",
            "remote");
    assertThat(line.path("requestId").asText())
        .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
    assertThat(line.path("method").asText()).isEqualTo("POST");
    assertThat(line.path("path").asText()).isEqualTo("/api/v1/uploads");
    assertThat(line.path("status").asInt()).isEqualTo(201);
    assertThat(line.path("bytes").asInt()).isEqualTo(response.body().length());
    assertThat(line.path("user").asText()).isEqualTo("ada");
    assertThat(line.path("remote").asText()).isEqualTo("127.0.0.1");
  }

  @Test
  void noSecretIsInTheLog() throws Exception {
    JsonNode grant = json(post("api/v1/uploads?token=in-a-query", TestBackend.ADA, VIDEO));
    post("api/v1/video", TestBackend.ADA, notification("upload", grant.path("key").asText()));
    get("api/v1/assets", "wrong-token");
    get("api/v1/assets", TestBackend.BOB);

    await().until(() -> backend.logged().size() == 4);
    assertThat(String.join("\n", backend.logged()))
        .doesNotContain(TestBackend.ADA)
        .doesNotContain(TestBackend.BOB)
        .doesNotContain(TestBackend.SECRET_KEY)
        .doesNotContain(TestBackend.SESSION_TOKEN)
        .doesNotContain(grant.path("renewalToken").asText())
        .doesNotContain("wrong-token")
        .doesNotContain("in-a-query")
        .doesNotContain("a.mp4");
  }

  private static String notification(String uploadId, String key) {
    return JSON.createObjectNode()
        .put("uploadId", uploadId)
        .put("key", key)
        .put("size", TestBackend.OBJECT_SIZE)
        .toString();
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    return send("GET", path, token, BodyPublishers.noBody());
  }

  private HttpResponse<String> post(String path, String token, String body) throws Exception {
    return send("POST", path, token, BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(String method, String path, String token, BodyPublisher body)
      throws Exception {
    URI uri = URI.create(backend.server.uri() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, body);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }
}
