package io.github.reelbeam.examples.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.created;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.TemporaryKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code reelbeam upload} with a backend that answers with the plainest payload there is, and with
 * a store of one's own behind https: where it is, the command line says.
 */
class PlainBackendIT {
  private static final long MIB = 1 << 20;
  private static final String KEY = "incoming/0b1c.mp4";

  private final EmbeddedS3 s3 = EmbeddedS3.builder().https().start();
  private final WireMockServer backend = new WireMockServer(options().dynamicPort());

  @TempDir private Path folder;

  @BeforeEach
  void startBackend() {
    backend.start();
    backend.stubFor(
        post("/api/v1/uploads")
            .willReturn(
                created()
                    .withHeader("Content-Type", "application/json")
                    .withBody(payload(s3.issue(KEY, Duration.ofHours(1))))));
    backend.stubFor(post("/api/v1/video").willReturn(okJson("{\"id\":\"asset-1\"}")));
  }

  @AfterEach
  void stopServers() {
    backend.stop();
    s3.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5 * MIB, 5 * MIB + 1, 64 * MIB})
  void storesTheBytesAndTellsTheBackend(long size) throws Exception {
    storesTheBytesAndTellsTheBackend(size, List.of());
  }

  @Test
  @Tag("slow")
  void storesAGibibyte() throws Exception {
    storesTheBytesAndTellsTheBackend(1024 * MIB, List.of());
  }

  @Test
  @Tag("slow")
  void storesAGibibyteWithin64MebibytesOfHeap() throws Exception {
    storesTheBytesAndTellsTheBackend(1024 * MIB, List.of("-Xmx64m"), "--parallelism", "8");
  }

  @Test
  void anEmptyFileIsRefusedBeforeAnybodyIsAsked() throws Exception {
    Path file = TestVideos.write(folder.resolve("empty.mp4"), 0);

    ReelbeamProcess run = upload(file, List.of());

    assertThat(run.exitCode()).as(run::toString).isEqualTo(1);
    assertThat(run.stderr()).contains("empty").doesNotContain("\tat ");
    assertThat(backend.getAllServeEvents()).isEmpty();
  }

  @Test
  void aStoreWhoseCertificateIsNotTrustedIsNotTalkedTo() throws Exception {
    Path file = TestVideos.write(folder.resolve("holiday.mp4"), MIB);
    List<String> arguments = arguments(file);
    arguments.addAll(List.of("--give-up", "1s"));

    ReelbeamProcess run = ReelbeamProcess.run(folder, List.of(), arguments);

    assertThat(run.exitCode()).as(run::toString).isNotZero();
    assertThat(s3.keys()).isEmpty();
  }

  private void storesTheBytesAndTellsTheBackend(long size, List<String> jvmOptions, String... more)
      throws Exception {
    Path file = TestVideos.write(folder.resolve("holiday.mp4"), size);

    ReelbeamProcess run = upload(file, jvmOptions, more);

    assertThat(run.exitCode()).as(run::toString).isZero();
    assertThat(run.lastEvent().path("key").asText()).isEqualTo(KEY);
    TestVideos.assertStored(s3, KEY, file);
    assertThat(s3.openUploads()).isEmpty();
    backend.verify(
        1,
        postRequestedFor(urlEqualTo("/api/v1/video"))
            .withHeader("Idempotency-Key", matching(".+"))
            .withRequestBody(matchingJsonPath("$.key", equalTo(KEY)))
            .withRequestBody(matchingJsonPath("$.size", equalTo(Long.toString(size)))));
  }

  private ReelbeamProcess upload(Path file, List<String> jvmOptions, String... more)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(jvmOptions);
    options.add("-Djavax.net.ssl.trustStore=" + s3.trustStore().orElseThrow());
    options.add("-Djavax.net.ssl.trustStorePassword=" + s3.trustStorePassword());
    List<String> arguments = arguments(file);
    arguments.addAll(List.of(more));
    return ReelbeamProcess.run(folder, options, arguments);
  }

  private List<String> arguments(Path file) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("upload", file.toString(), "--json"));
    arguments.addAll(List.of("--backend", backend.baseUrl()));
    arguments.addAll(List.of("--endpoint", s3.endpoint().toString(), "--path-style"));
    arguments.addAll(List.of("--state", folder.resolve("state").toString()));
    return arguments;
  }

  private String payload(TemporaryKeys keys) {
    ObjectNode payload = new ObjectMapper().createObjectNode();
    payload
        .putObject("credentials")
        .put("AccessKeyId", keys.accessKeyId())
        .put("SecretAccessKey", keys.secretAccessKey())
        .put("SessionToken", keys.sessionToken())
        .put("Expiration", keys.expiration().toString())
        .put("region", s3.region())
        .put("bucket", s3.bucket());
    return payload.put("key", KEY).toString();
  }
}
