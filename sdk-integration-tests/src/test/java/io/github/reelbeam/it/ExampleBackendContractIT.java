package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.testservers.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The client and the example backend keep to {@code docs/openapi.yaml}, with a real STS and store
 * behind them, and {@code check-backend} has nothing to say against it.
 */
@Tag("real-store")
class ExampleBackendContractIT {
  private static final int MIB = 1 << 20;
  private static final MediaType JSON_TYPE = MediaType.get("application/json");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RealStore store = RealStore.fromEnvironment();
  private final OwnedBucket bucket = OwnedBucket.in(store);
  private final ContractValidator contract = new ContractValidator();
  private final RecordedExchanges wire = new RecordedExchanges();

  @TempDir private Path folder;
  private ExampleBackend backend;

  @BeforeEach
  void startBackend() throws Exception {
    backend = ExampleBackend.start(folder.resolve("backend"), store, bucket.name());
  }

  @AfterEach
  void stopAll() {
    if (backend != null) {
      backend.close();
    }
    bucket.close();
  }

  private void assertAllKeepToTheContract() {
    assertThat(wire.all()).isNotEmpty();
    assertThat(wire.all()).flatExtracting(contract::problems).isEmpty();
  }

  /** Credentials of three seconds: the upload renews them on its way. */
  @Test
  void aWholeUploadWithRenewals() throws Exception {
    assertThat(backend.stop()).isZero();
    backend.close();
    backend =
        ExampleBackend.start(
            folder.resolve("short"), store, bucket.name(), "--session-duration", "3s");
    Path file = Files.write(folder.resolve("holiday \u2603.mp4"), new byte[24 * MIB]);
    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(backend.uri(), () -> "Bearer " + ExampleBackend.ADA)
            .journal(UploadJournal.inMemory())
            .transferOptions(TransferOptions.builder().partSize(5 * MIB).rateLimit(4 * MIB).build())
            .httpClient(wire.client())
            .build()) {
      uploader.upload(UploadRequest.builder(file).metadata("title", "Holiday").build()).await();
    }
    assertAllKeepToTheContract();
    assertThat(wire.summary())
        .startsWith("/api/v1/uploads 201")
        .contains("/api/v1/uploads/renewals 200")
        .endsWith("/api/v1/video 201");
    assertThat(bucket.keys()).hasSize(1);
    assertThat(bucket.openUploads()).isEmpty();
  }

  private int post(String path, String token, String body) throws IOException {
    OkHttpClient client = wire.client();
    Request request =
        new Request.Builder()
            .url(backend.uri().resolve(path).toString())
            .header("Authorization", "Bearer " + token)
            .post(RequestBody.create(body, JSON_TYPE))
            .build();
    try (Response response = client.newCall(request).execute()) {
      return response.code();
    }
  }

  @ParameterizedTest(name = "{0} {1}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "api/v1/uploads          | wrong        | {}       | 401 | unauthorized",
        "api/v1/uploads          | token-of-ada | {}       | 400 | invalid_request",
        "api/v1/uploads          | token-of-ada | nonsense | 400 | invalid_request",
        "api/v1/uploads/renewals | token-of-ada | {}       | 400 | invalid_request",
        "api/v1/uploads/renewals | token-of-ada | {\"key\":\"uploads/a\",\"renewalToken\":\"b\"}"
            + " | 403 | renewal_refused",
        "api/v1/video            | token-of-ada | {}       | 400 | invalid_request",
        "api/v1/video            | token-of-ada | {\"uploadId\":\"u\",\"key\":\"k\",\"size\":1}"
            + " | 404 | asset_not_found",
        "api/v1/uploads          | token-of-ada | {\"fileName\":\"a.mp4\",\"contentType\":"
            + "\"video/mp4\",\"size\":99999999999999} | 413 | too_large",
        "api/v1/uploads          | token-of-ada | {\"fileName\":\"a.pdf\",\"contentType\":"
            + "\"application/pdf\",\"size\":1} | 415 | content_type_not_allowed"
      })
  void refusals(String path, String token, String body, int status, String code) throws Exception {
    assertThat(post(path, token, body)).isEqualTo(status);
    Exchange said = wire.all().get(0);
    assertThat(contract.responseProblems(said)).isEmpty();
    assertThat(JSON.readTree(said.responseBody()).path("code").asText()).isEqualTo(code);
  }

  @Test
  void checkBackendHasNothingToSay() throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("check-backend", backend.uri().toString(), "--json"));
    arguments.addAll(List.of("--other-token", ExampleBackend.BOB));
    try (JavaProgram check =
        ReelbeamJar.start(folder, Map.of("REELBEAM_TOKEN", ExampleBackend.ADA), arguments)) {
      assertThat(check.awaitExit(Duration.ofMinutes(2))).as(check::toString).isZero();
      List<JsonNode> lines =
          JSON.readerFor(JsonNode.class).<JsonNode>readValues(check.stdout()).readAll();
      assertThat(lines)
          .extracting(line -> line.path("outcome").asText())
          .contains("PASS")
          .doesNotContain("FAIL", "ADVICE", "SKIPPED");
    }
    assertThat(bucket.openUploads()).isEmpty();
  }
}
