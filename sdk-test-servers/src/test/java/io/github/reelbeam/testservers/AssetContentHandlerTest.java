package io.github.reelbeam.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class AssetContentHandlerTest {
  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final EmbeddedBackend backend = EmbeddedBackend.start(s3);
  private final BackendClient client = new BackendClient(backend.uri());
  private String path = "";

  @BeforeEach
  void store() {
    path = store("video/mp4");
  }

  private String store(String contentType) {
    String key = "incoming/" + UUID.randomUUID() + ".mp4";
    try (S3Client writer = S3Clients.of(s3.endpoint(), s3.issue(key, Duration.ofMinutes(5)))) {
      writer.putObject(
          b -> b.bucket(s3.bucket()).key(key).contentType(contentType),
          RequestBody.fromString("0123456789"));
    }
    String told = "{\"uploadId\":\"%s\",\"key\":\"%s\",\"size\":10}";
    client.post("api/v1/video", told.formatted(contentType, key));
    return "assets/" + backend.assets().get(backend.assets().size() - 1).id() + "/content";
  }

  @AfterEach
  void close() {
    backend.close();
    s3.close();
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void servesTheWholeVideo() {
    HttpResponse<String> response = client.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("0123456789");
    assertThat(header(response, "Content-Type")).isEqualTo("video/mp4");
    assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0-0",
    "bytes=2-4, 234, 2-4",
    "bytes=7-, 789, 7-9",
    "bytes=7-100, 789, 7-9",
    "bytes=-3, 789, 7-9",
    "bytes=-100, 0123456789, 0-9",
  })
  void servesARange(String range, String body, String contentRange) {
    HttpResponse<String> response = client.get(path, "Range", range);
    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(response.body()).isEqualTo(body);
    assertThat(header(response, "Content-Range")).isEqualTo("bytes " + contentRange + "/10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0"})
  void refusesARangeBehindTheEnd(String range) {
    HttpResponse<String> response = client.get(path, "Range", range);
    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(header(response, "Content-Range")).isEqualTo("bytes */10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=4-2", "bytes=-", "bytes=a-b", "items=1-2", "bytes=0-1,3-4"})
  void servesEverythingWhereTheRangeMakesNoSense(String range) {
    HttpResponse<String> response = client.get(path, "Range", range);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).hasSize(10);
  }

  @Test
  void servesARangeOnlyOfTheVersionThatThePlayerKnows() {
    String eTag = header(client.get(path), "ETag");
    assertThat(client.get(path, "Range", "bytes=0-1", "If-Range", eTag).statusCode())
        .isEqualTo(206);
    assertThat(client.get(path, "Range", "bytes=0-1", "If-Range", "\"old\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void tellsTheSizeWithoutTheContent() {
    HttpRequest.Builder head =
        HttpRequest.newBuilder(backend.uri().resolve(path))
            .method("HEAD", HttpRequest.BodyPublishers.noBody());
    HttpResponse<String> response = client.send(head);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Length")).isEqualTo("10");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void doesNotServePagesThatCallThemselvesVideos() {
    HttpResponse<String> response = client.get(store("text/html"));
    assertThat(header(response, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void knowsNoOtherAssets() {
    assertThat(client.get("assets/00000000-0000-0000-0000-000000000000/content").statusCode())
        .isEqualTo(404);
    assertThat(client.get("assets/../../etc/passwd").statusCode()).isEqualTo(404);
  }
}
