package io.github.reelbeam.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.backend.ApiRequest;
import io.github.reelbeam.backend.ApiResponse;
import io.github.reelbeam.backend.AssetStore;
import io.github.reelbeam.backend.UploadHandlers;
import io.github.reelbeam.examples.topics.AnswerThreeRequests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** The ten lines of the backend's README do the whole job on a real store. */
@Tag("real-store")
class TenLinesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] VIDEO = "a very short video".getBytes(UTF_8);

  private final RealStore store = RealStore.fromEnvironment();
  private final OwnedBucket bucket = OwnedBucket.in(store);
  private final StsClient sts = store.sts();
  private UploadHandlers handlers;

  @BeforeEach
  void setUp() {
    handlers =
        AnswerThreeRequests.handlers(
            sts,
            bucket.owner(),
            bucket.name(),
            store.region(),
            store.roleArn(),
            new byte[32],
            AssetStore.inMemory());
  }

  @AfterEach
  void tearDown() {
    bucket.close();
    sts.close();
  }

  private static ApiRequest request(String json) {
    return new ApiRequest("ada", null, json.getBytes(UTF_8));
  }

  private static JsonNode body(ApiResponse response, int status) throws Exception {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body());
  }

  private void put(JsonNode grant) {
    JsonNode credentials = grant.path("credentials");
    try (S3Client client =
        store.s3(
            credentials.path("AccessKeyId").asText(),
            credentials.path("SecretAccessKey").asText(),
            credentials.path("SessionToken").asText())) {
      client.putObject(
          b -> b.bucket(bucket.name()).key(grant.path("key").asText()).contentType("video/mp4"),
          RequestBody.fromBytes(VIDEO));
    }
  }

  @Test
  void grantRenewStoreNotifyTwice() throws Exception {
    JsonNode grant =
        body(
            handlers.grant(
                request(
                    "{\"fileName\":\"holiday.mp4\",\"contentType\":\"video/mp4\",\"size\":%d}"
                        .formatted(VIDEO.length))),
            201);
    String key = grant.path("key").asText();
    JsonNode renewed =
        body(
            handlers.renew(
                request(
                    "{\"key\":\"%s\",\"renewalToken\":\"%s\"}"
                        .formatted(key, grant.path("renewalToken").asText()))),
            200);
    assertThat(renewed.path("key").asText()).isEqualTo(key);
    String notification =
        "{\"uploadId\":\"u-1\",\"key\":\"%s\",\"size\":%d}".formatted(key, VIDEO.length);

    JsonNode tooEarly = body(handlers.register(request(notification)), 404);
    put(renewed);
    JsonNode asset = body(handlers.register(request(notification)), 201);
    JsonNode again = body(handlers.register(request(notification)), 200);

    assertThat(tooEarly.path("code").asText()).isEqualTo("asset_not_found");
    assertThat(asset.path("assetId").asText()).isNotEmpty();
    assertThat(again).isEqualTo(asset);
  }
}
