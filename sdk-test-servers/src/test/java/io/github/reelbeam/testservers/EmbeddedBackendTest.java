package io.github.reelbeam.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

class EmbeddedBackendTest {
  private static final String GRANT = "api/v1/uploads";
  private static final String RENEWAL = "api/v1/uploads/renewals";
  private static final String VIDEO = "api/v1/video";
  private static final String HOLIDAY =
      "{\"fileName\":\"holiday.mp4\",\"contentType\":\"video/mp4\",\"size\":5,"
          + "\"metadata\":{\"title\":\"Holiday\"}}";

  private final MovableClock clock = new MovableClock();
  private final EmbeddedS3 s3 = EmbeddedS3.builder().clock(clock).start();
  private final List<EmbeddedBackend> started = new ArrayList<>();

  @AfterEach
  void close() {
    started.forEach(EmbeddedBackend::close);
    s3.close();
  }

  private EmbeddedBackend start(EmbeddedBackend.Builder builder) {
    EmbeddedBackend backend = builder.start();
    started.add(backend);
    return backend;
  }

  private static BackendClient client(EmbeddedBackend backend) {
    return new BackendClient(backend.uri());
  }

  private void upload(JsonNode grant, String content) {
    URI endpoint = URI.create(grant.path("endpoint").asText(s3.endpoint().toString()));
    try (S3Client client = S3Clients.of(endpoint, BackendClient.keys(grant))) {
      client.putObject(
          b -> b.bucket(s3.bucket()).key(grant.path("key").asText()).contentType("video/mp4"),
          RequestBody.fromString(content));
    }
  }

  private static String notification(String uploadId, String key, long size) {
    return """
        {"uploadId":"%s","key":"%s","size":%s,"fileName":"holiday.mp4","confirmed":true}
        """
        .formatted(uploadId, key, size);
  }

  @Test
  void grantsWhatTheContractSays() {
    EmbeddedBackend backend = start(EmbeddedBackend.builder(s3));
    HttpResponse<String> response = client(backend).post(GRANT, HOLIDAY);
    assertThat(response.statusCode()).isEqualTo(201);
    JsonNode grant = BackendClient.json(response);
    assertThat(grant.path("credentials").path("region").asText()).isEqualTo("eu-central-1");
    assertThat(grant.path("credentials").path("bucket").asText()).isEqualTo("videos");
    assertThat(grant.path("key").asText()).matches("incoming/[0-9a-f-]{36}\\.mp4");
    assertThat(grant.path("endpoint").asText()).isEqualTo(s3.endpoint().toString());
    assertThat(grant.path("pathStyleAccess").asBoolean()).isTrue();
    assertThat(BackendClient.keys(grant).expiration())
        .isBetween(clock.instant().plusSeconds(3599), clock.instant().plusSeconds(3600));
    assertThat(backend.grants())
        .singleElement()
        .satisfies(
            g -> {
              assertThat(g.fileName()).isEqualTo("holiday.mp4");
              assertThat(g.size()).isEqualTo(5);
              assertThat(g.metadata()).containsEntry("title", "Holiday");
            });
  }

  @Test
  void grantsOnlyTheBareMinimumInPlainMode() {
    EmbeddedBackend backend = start(EmbeddedBackend.builder(s3).plainPayload());
    JsonNode grant = BackendClient.json(client(backend).post(GRANT, HOLIDAY));
    assertThat(grant.fieldNames()).toIterable().containsExactly("credentials", "key");
    assertThat(grant.path("credentials").fieldNames())
        .toIterable()
        .containsExactly(
            "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration", "region", "bucket");
    String key = grant.path("key").asText();
    assertThat(client(backend).post(RENEWAL, "{\"key\":\"" + key + "\"}").statusCode())
        .isEqualTo(200);
    assertThat(client(backend).post(RENEWAL, "{\"key\":\"other\"}").statusCode()).isEqualTo(403);
  }

  @Test
  void renewsForTheSameKey() {
    EmbeddedBackend backend =
        start(EmbeddedBackend.builder(s3).credentialValidity(Duration.ofMinutes(1)));
    JsonNode grant = BackendClient.json(client(backend).post(GRANT, HOLIDAY));
    clock.advance(Duration.ofMinutes(2));
    HttpResponse<String> response = client(backend).post(RENEWAL, renewal(grant, "key"));
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode renewed = BackendClient.json(response);
    assertThat(renewed.path("key")).isEqualTo(grant.path("key"));
    upload(renewed, "hello");
    assertThat(s3.keys()).containsExactly(grant.path("key").asText());
    assertThat(backend.renewals()).hasSize(1);
    assertThat(backend.grants()).hasSize(1);
  }

  private static String renewal(JsonNode grant, String keyField) {
    return "{\"key\":\"%s\",\"renewalToken\":\"%s\"}"
        .formatted(grant.path(keyField).asText(), grant.path("renewalToken").asText());
  }

  @Test
  void refusesToRenewForAnotherKeyAnotherUserOrTooLate() {
    EmbeddedBackend backend =
        start(
            EmbeddedBackend.builder(s3)
                .bearerToken("a-token", "ada")
                .bearerToken("b-token", "bob"));
    BackendClient client = client(backend);
    String[] ada = {"Authorization", "Bearer a-token"};
    String[] bob = {"Authorization", "Bearer b-token"};
    JsonNode grant = BackendClient.json(client.post(GRANT, HOLIDAY, ada));
    JsonNode other = BackendClient.json(client.post(GRANT, HOLIDAY, ada));
    String swapped =
        "{\"key\":\"%s\",\"renewalToken\":\"%s\"}"
            .formatted(other.path("key").asText(), grant.path("renewalToken").asText());
    assertRefused(client.post(RENEWAL, swapped, ada), 403, "renewal_refused");
    assertRefused(client.post(RENEWAL, renewal(grant, "key"), bob), 403, "renewal_refused");
    assertRefused(
        client.post(RENEWAL, "{\"key\":\"" + grant.path("key").asText() + "\"}", ada),
        403,
        "renewal_refused");
    clock.advance(Duration.ofDays(8));
    assertRefused(client.post(RENEWAL, renewal(grant, "key"), ada), 403, "renewal_expired");
    assertThat(backend.renewals()).isEmpty();
  }

  private static void assertRefused(HttpResponse<String> response, int status, String code) {
    assertThat(BackendClient.json(response).path("code").asText()).isEqualTo(code);
    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void asksForABearerToken() {
    EmbeddedBackend backend = start(EmbeddedBackend.builder(s3).bearerToken("secret", "ada"));
    BackendClient client = client(backend);
    assertRefused(client.post(GRANT, HOLIDAY), 401, "unauthorized");
    assertRefused(
        client.post(GRANT, HOLIDAY, "Authorization", "Bearer wrong"), 401, "unauthorized");
    assertThat(client.post(GRANT, HOLIDAY, "Authorization", "Bearer secret").statusCode())
        .isEqualTo(201);
    assertThat(backend.grants()).extracting(IssuedGrant::subject).containsExactly("ada");
  }

  @Test
  void refusesRequestsThatBreakTheContract() {
    BackendClient client =
        client(start(EmbeddedBackend.builder(s3).largestRequest(HOLIDAY.length())));
    assertRefused(client.post(GRANT, "not json"), 400, "invalid_request");
    assertRefused(client.post(GRANT, "[]"), 400, "invalid_request");
    assertRefused(client.post(GRANT, "{}"), 400, "invalid_request");
    assertRefused(client.post(GRANT, "{\"fileName\":\"a\",\"size\":-1}"), 400, "invalid_request");
    assertRefused(client.post(GRANT, "{\"fileName\":7}"), 400, "invalid_request");
    assertRefused(client.post(GRANT, HOLIDAY + " "), 413, "too_large");
    assertRefused(client.get(GRANT), 405, "method_not_allowed");
    assertRefused(client.post(GRANT + "/other", HOLIDAY), 404, "not_found");
  }

  @Test
  void registersAnUploadOnce() {
    EmbeddedBackend backend = start(EmbeddedBackend.builder(s3));
    BackendClient client = client(backend);
    JsonNode grant = BackendClient.json(client.post(GRANT, HOLIDAY));
    upload(grant, "hello");
    String body = notification("u-1", grant.path("key").asText(), 5);
    HttpResponse<String> first = client.post(VIDEO, body, "Idempotency-Key", "u-1");
    HttpResponse<String> second = client.post(VIDEO, body, "Idempotency-Key", "u-1");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(backend.assets()).hasSize(1);
    assertThat(backend.notifications())
        .extracting(Notification::idempotencyKey)
        .containsExactly("u-1", "u-1");
    assertThat(client.get(BackendClient.json(first).path("url").asText()).body())
        .isEqualTo("hello");
    String otherKey = notification("u-1", "another/key", 5);
    assertRefused(client.post(VIDEO, otherKey, "Idempotency-Key", "u-1"), 409, "upload_conflict");
    String otherUpload = notification("u-2", grant.path("key").asText(), 5);
    assertRefused(client.post(VIDEO, otherUpload), 409, "upload_conflict");
  }

  @Test
  void believesOnlyInObjectsThatAreThere() {
    EmbeddedBackend backend = start(EmbeddedBackend.builder(s3));
    BackendClient client = client(backend);
    JsonNode grant = BackendClient.json(client.post(GRANT, HOLIDAY));
    String key = grant.path("key").asText();
    assertRefused(client.post(VIDEO, notification("u-1", key, 5)), 404, "asset_not_found");
    upload(grant, "hello");
    assertRefused(client.post(VIDEO, notification("u-1", key, 6)), 409, "asset_mismatch");
    assertThat(client.post(VIDEO, notification("u-1", key, 5)).statusCode()).isEqualTo(201);
    assertThat(backend.assets()).hasSize(1);
  }

  @Test
  void abortsWhatIsStillOpenForTheKeyOnceTheObjectIsVerified() {
    EmbeddedBackend backend = start(EmbeddedBackend.builder(s3));
    BackendClient client = client(backend);
    JsonNode grant = BackendClient.json(client.post(GRANT, HOLIDAY));
    String key = grant.path("key").asText();
    JsonNode other = BackendClient.json(client.post(GRANT, HOLIDAY));
    String otherUpload = openUpload(other);
    String orphan = openUpload(grant);

    assertRefused(client.post(VIDEO, notification("u-1", key, 5)), 404, "asset_not_found");
    assertThat(s3.openUploads()).hasSize(2);

    upload(grant, "hello");
    assertThat(client.post(VIDEO, notification("u-1", key, 5)).statusCode()).isEqualTo(201);

    assertThat(s3.openUploads()).extracting(OpenUpload::uploadId).containsExactly(otherUpload);
    assertThat(s3.keys()).containsExactly(key);
    try (S3Client s3Client = S3Clients.of(s3.endpoint(), BackendClient.keys(grant))) {
      assertThatThrownBy(() -> uploadPart(s3Client, key, orphan))
          .isInstanceOf(NoSuchUploadException.class);
    }
  }

  @Test
  void leavesOpenWhatATestWantsToSee() {
    EmbeddedBackend backend = start(EmbeddedBackend.builder(s3).keepLeftovers());
    BackendClient client = client(backend);
    JsonNode grant = BackendClient.json(client.post(GRANT, HOLIDAY));
    String orphan = openUpload(grant);
    upload(grant, "hello");
    String body = notification("u-1", grant.path("key").asText(), 5);
    assertThat(client.post(VIDEO, body).statusCode()).isEqualTo(201);
    assertThat(s3.openUploads()).extracting(OpenUpload::uploadId).containsExactly(orphan);
  }

  @Test
  void keepsUsersApart() {
    EmbeddedBackend backend =
        start(
            EmbeddedBackend.builder(s3)
                .bearerToken("a-token", "ada")
                .bearerToken("b-token", "bob"));
    BackendClient client = client(backend);
    String[] ada = {"Authorization", "Bearer a-token"};
    String[] bob = {"Authorization", "Bearer b-token"};
    JsonNode grant = BackendClient.json(client.post(GRANT, HOLIDAY, ada));
    upload(grant, "hello");
    String body = notification("u-1", grant.path("key").asText(), 5);
    assertThat(client.post(VIDEO, body, ada).statusCode()).isEqualTo(201);
    assertRefused(client.post(VIDEO, body, bob), 403, "forbidden");
    assertThat(backend.assets()).hasSize(1);
  }

  /** Opens a multipart upload with one part in it. */
  private String openUpload(JsonNode grant) {
    String key = grant.path("key").asText();
    try (S3Client client = S3Clients.of(s3.endpoint(), BackendClient.keys(grant))) {
      String id = client.createMultipartUpload(b -> b.bucket(s3.bucket()).key(key)).uploadId();
      uploadPart(client, key, id);
      return id;
    }
  }

  private void uploadPart(S3Client client, String key, String uploadId) {
    client.uploadPart(
        b -> b.bucket(s3.bucket()).key(key).uploadId(uploadId).partNumber(1),
        RequestBody.fromString("part"));
  }

  @Test
  void failsAsTheScriptSays() {
    List<BackendFault> script =
        new ArrayList<>(
            List.of(
                BackendFault.answer(500),
                BackendFault.retryAfter(Duration.ofSeconds(2)),
                BackendFault.hangUp(),
                BackendFault.answerAfterEffect(500),
                BackendFault.hangUpAfterEffect()));
    EmbeddedBackend backend =
        start(
            EmbeddedBackend.builder(s3)
                .faults(c -> script.isEmpty() ? BackendFault.none() : script.remove(0)));
    BackendClient client = client(backend);
    assertThat(client.post(GRANT, HOLIDAY).statusCode()).isEqualTo(500);
    HttpResponse<String> busy = client.post(GRANT, HOLIDAY);
    assertThat(busy.statusCode()).isEqualTo(503);
    assertThat(busy.headers().firstValue("Retry-After")).contains("2");
    assertThatThrownBy(() -> client.post(GRANT, HOLIDAY)).isInstanceOf(UncheckedIOException.class);
    assertThat(backend.grants()).isEmpty();
    assertThat(client.post(GRANT, HOLIDAY).statusCode()).isEqualTo(500);
    assertThat(backend.grants()).hasSize(1);
    assertThatThrownBy(() -> client.post(GRANT, HOLIDAY)).isInstanceOf(UncheckedIOException.class);
    assertThat(backend.grants()).hasSize(2);
    assertThat(client.post(GRANT, HOLIDAY).statusCode()).isEqualTo(201);
  }

  @Test
  void showsOnTheBoardWhatIsPosted() {
    EmbeddedBackend backend = start(EmbeddedBackend.builder(s3));
    backend.liveUploads().post(new LiveUpload("u", "a.mp4", 1, 4, 2.5, "TRANSFERRING"));
    backend.liveUploads().post(new LiveUpload("u", "a.mp4", 2, 4, 2.5, "TRANSFERRING"));
    JsonNode state = BackendClient.json(client(backend).get("live"));
    assertThat(state.path("uploads")).hasSize(1);
    assertThat(state.path("uploads").path(0).path("committedBytes").asLong()).isEqualTo(2);
    backend.liveUploads().remove("u");
    assertThat(BackendClient.json(client(backend).get("live")).path("uploads")).isEmpty();
  }
}
