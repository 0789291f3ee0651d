package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.testservers.DemoVideo;
import io.github.reelbeam.testservers.JavaProgram;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code backend} and {@code upload}, as two processes on a real STS and S3. */
@Tag("real-store")
class ExampleBackendIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RealStore store = RealStore.fromEnvironment();
  private final OwnedBucket bucket = OwnedBucket.in(store);

  @TempDir private Path folder;
  private ExampleBackend backend;
  private Path video;

  @BeforeEach
  void startBackend() throws Exception {
    backend = ExampleBackend.start(folder.resolve("backend"), store, bucket.name());
    video = folder.resolve("holiday.mp4");
    DemoVideo.write(video, 12 << 20);
  }

  @AfterEach
  void stopAll() {
    if (backend != null) {
      backend.close();
    }
    bucket.close();
  }

  @Test
  void anUploadedVideoIsAnAssetWithTheSameBytes() throws Exception {
    JsonNode completed = upload();

    JsonNode asset = backend.assets(ExampleBackend.ADA).path(0);
    assertThat(asset.path("fileName").asText()).isEqualTo("holiday.mp4");
    assertThat(asset.path("contentType").asText()).isEqualTo("video/mp4");
    assertThat(asset.path("size").asLong()).isEqualTo(Files.size(video));
    assertThat(asset.path("uploadId")).isEqualTo(completed.path("uploadId"));
    assertThat(bucket.keys()).containsExactly(asset.path("key").asText());
    assertThat(bucket.bytes(asset.path("key").asText())).isEqualTo(Files.readAllBytes(video));
    assertThat(bucket.openUploads()).isEmpty();
  }

  @Test
  void anAssetSurvivesARestartAndARepeatedNotificationFindsItAgain() throws Exception {
    upload();
    JsonNode before = backend.assets(ExampleBackend.ADA);

    assertThat(backend.stop()).as(backend::toString).isZero();
    backend.start();

    assertThat(backend.assets(ExampleBackend.ADA)).isEqualTo(before);
    HttpResponse<String> repeated =
        backend.post("api/v1/video", ExampleBackend.ADA, before.path(0).toString());
    assertThat(repeated.statusCode()).as(repeated.body()).isEqualTo(200);
    assertThat(JSON.readTree(repeated.body()).path("assetId"))
        .isEqualTo(before.path(0).path("assetId"));
    assertThat(backend.assets(ExampleBackend.ADA)).hasSize(1);
  }

  @Test
  void aRenewalTokenIsGoodAcrossAKill() throws Exception {
    HttpResponse<String> granted =
        backend.post(
            "api/v1/uploads",
            ExampleBackend.ADA,
            "{\"fileName\":\"a.mp4\",\"contentType\":\"video/mp4\",\"size\":5}");
    assertThat(granted.statusCode()).isEqualTo(201);
    JsonNode grant = JSON.readTree(granted.body());

    backend.kill();
    backend.start();

    String renewal =
        JSON.createObjectNode()
            .put("key", grant.path("key").asText())
            .put("renewalToken", grant.path("renewalToken").asText())
            .toString();
    assertThat(backend.post("api/v1/uploads/renewals", ExampleBackend.ADA, renewal).statusCode())
        .isEqualTo(200);
    assertThat(backend.post("api/v1/uploads/renewals", ExampleBackend.BOB, renewal).statusCode())
        .isEqualTo(403);
  }

  @Test
  void nobodySeesTheAssetsOfOthers() throws Exception {
    upload();
    String id = backend.assets(ExampleBackend.ADA).path(0).path("assetId").asText();

    assertThat(backend.assets(ExampleBackend.BOB)).isEmpty();
    String url = "api/v1/assets/" + id + "/url";
    assertThat(backend.get(url, ExampleBackend.BOB).statusCode()).isEqualTo(404);
    assertThat(backend.get(url, "wrong").statusCode()).isEqualTo(401);
  }

  @Test
  void theStoreServesTheVideoByThePresignedUrl() throws Exception {
    upload();
    String id = backend.assets(ExampleBackend.ADA).path(0).path("assetId").asText();
    String body = backend.get("api/v1/assets/" + id + "/url", ExampleBackend.ADA).body();
    URI url = URI.create(JSON.readTree(body).path("url").asText());

    HttpResponse<byte[]> served =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(url).header("Range", "bytes=100-199").build(),
                BodyHandlers.ofByteArray());

    assertThat(url.getPort()).isEqualTo(store.s3Endpoint().getPort());
    assertThat(served.statusCode()).isEqualTo(206);
    assertThat(served.headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(served.headers().firstValue("Content-Disposition")).contains("inline");
    assertThat(served.body()).hasSize(100);
  }

  @Test
  void noSecretIsInWhatItPrints() throws Exception {
    upload();

    assertThat(backend.toString())
        .contains("\"user\":\"ada\"")
        .doesNotContain(ExampleBackend.ADA)
        .doesNotContain(store.secretAccessKey())
        .doesNotContain("X-Amz-")
        .doesNotContain(
            Files.readString(folder.resolve("backend").resolve("renewal-secret")).strip());
  }

  /** Uploads as Ada, and gives the last event. */
  private JsonNode upload() throws Exception {
    try (JavaProgram upload = backend.upload(video, ExampleBackend.ADA)) {
      assertThat(upload.awaitExit(PATIENCE)).as(() -> upload + "\n" + backend).isZero();
      String[] lines = upload.stdout().split("\n", -1);
      return JSON.readTree(lines[lines.length - 2]);
    }
  }
}
