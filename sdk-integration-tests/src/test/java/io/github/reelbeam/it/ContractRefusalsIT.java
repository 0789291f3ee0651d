package io.github.reelbeam.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.TemporaryKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** How the embedded backend refuses what the client never sends: in the contract's words too. */
class ContractRefusalsIT {
  private static final JsonMapper JSON_READER = new JsonMapper();
  private static final MediaType JSON = MediaType.get("application/json");
  private static final String GRANT = "api/v1/uploads";
  private static final String RENEWAL = "api/v1/uploads/renewals";
  private static final String VIDEO = "api/v1/video";
  private static final String HOLIDAY =
      "{\"fileName\":\"holiday.mp4\",\"contentType\":\"video/mp4\",\"size\":5,\"metadata\":{}}";

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final InstantSource time = now::get;
  private final EmbeddedS3 s3 = EmbeddedS3.builder().clock(time.withZone(ZoneOffset.UTC)).start();
  private final EmbeddedBackend backend =
      EmbeddedBackend.builder(s3).bearerToken("a", "ada").bearerToken("b", "bob").start();
  private final ContractValidator contract = new ContractValidator();
  private final RecordedExchanges wire = new RecordedExchanges();
  private final OkHttpClient client = wire.client();

  @AfterEach
  void stopServers() {
    backend.close();
    s3.close();
  }

  private JsonNode post(String path, String token, String body) throws IOException {
    Request request =
        new Request.Builder()
            .url(backend.uri().resolve(path).toString())
            .header("Authorization", "Bearer " + token)
            .post(RequestBody.create(body.getBytes(UTF_8), JSON))
            .build();
    try (Response response = client.newCall(request).execute()) {
      return JSON_READER.readTree(response.body().string());
    }
  }

  private void assertRefused(JsonNode answer, int status, String code) {
    Exchange last = wire.all().get(wire.all().size() - 1);
    assertThat(answer.path("code").asText()).isEqualTo(code);
    assertThat(last.status()).isEqualTo(status);
    assertThat(contract.responseProblems(last)).isEmpty();
  }

  private static String notification(String uploadId, String key, int size) {
    return "{\"uploadId\":\"%s\",\"key\":\"%s\",\"size\":%s}".formatted(uploadId, key, size);
  }

  private static String renewal(JsonNode key, JsonNode token) {
    return "{\"key\":%s,\"renewalToken\":%s}".formatted(key, token);
  }

  @ParameterizedTest
  @ValueSource(strings = {GRANT, RENEWAL, VIDEO})
  void aWrongToken(String path) throws Exception {
    assertRefused(post(path, "wrong", HOLIDAY), 401, "unauthorized");
  }

  @ParameterizedTest
  @ValueSource(strings = {GRANT, RENEWAL, VIDEO})
  void aBodyThatIsNoJson(String path) throws Exception {
    assertRefused(post(path, "a", "{\"fileName\":"), 400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {GRANT, RENEWAL, VIDEO})
  void aBodyThatIsNoObject(String path) throws Exception {
    assertRefused(post(path, "a", "[]"), 400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {GRANT, RENEWAL, VIDEO})
  void aBodyWithoutItsFields(String path) throws Exception {
    assertRefused(post(path, "a", "{}"), 400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {GRANT, RENEWAL, VIDEO})
  void aBodyThatIsTooLong(String path) throws Exception {
    assertRefused(post(path, "a", " ".repeat(1 << 16) + HOLIDAY), 413, "too_large");
  }

  @Test
  void aSizeThatIsNone() throws Exception {
    assertRefused(post(GRANT, "a", HOLIDAY.replace("5", "\"5\"")), 400, "invalid_request");
  }

  @Test
  void aRenewalOfAnUnknownKey() throws Exception {
    assertRefused(post(RENEWAL, "a", "{\"key\":\"incoming/other\"}"), 403, "renewal_refused");
  }

  @Test
  void aRenewalByAnotherUser() throws Exception {
    JsonNode grant = post(GRANT, "a", HOLIDAY);
    String asked = renewal(grant.path("key"), grant.path("renewalToken"));
    assertRefused(post(RENEWAL, "b", asked), 403, "renewal_refused");
  }

  @Test
  void aRenewalThatComesTooLate() throws Exception {
    JsonNode grant = post(GRANT, "a", HOLIDAY);
    now.updateAndGet(instant -> instant.plus(Duration.ofDays(8)));
    String asked = renewal(grant.path("key"), grant.path("renewalToken"));
    assertRefused(post(RENEWAL, "a", asked), 403, "renewal_expired");
  }

  @Test
  void anObjectThatIsNotThere() throws Exception {
    assertRefused(post(VIDEO, "a", notification("u-1", "incoming/a", 5)), 404, "asset_not_found");
  }

  @Test
  void anObjectOfAnotherSize() throws Exception {
    String key = stored("hello");
    assertRefused(post(VIDEO, "a", notification("u-1", key, 6)), 409, "asset_mismatch");
  }

  @Test
  void anUploadWithAnotherKey() throws Exception {
    post(VIDEO, "a", notification("u-1", stored("hello"), 5));
    String other = notification("u-1", stored("hello"), 5);
    assertRefused(post(VIDEO, "a", other), 409, "upload_conflict");
  }

  @Test
  void aKeyUnderAnotherUpload() throws Exception {
    String key = stored("hello");
    post(VIDEO, "a", notification("u-1", key, 5));
    assertRefused(post(VIDEO, "a", notification("u-2", key, 5)), 409, "upload_conflict");
  }

  /** Puts an object under a key that was granted. */
  private String stored(String content) throws IOException {
    String key = post(GRANT, "a", HOLIDAY).path("key").asText();
    TemporaryKeys keys = s3.ownerKeys();
    try (S3Client store =
        S3Client.builder()
            .endpointOverride(s3.endpoint())
            .region(Region.of(s3.region()))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsSessionCredentials.create(
                        keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken())))
            .build()) {
      store.putObject(
          put -> put.bucket(s3.bucket()).key(key),
          software.amazon.awssdk.core.sync.RequestBody.fromString(content));
    }
    return key;
  }
}
