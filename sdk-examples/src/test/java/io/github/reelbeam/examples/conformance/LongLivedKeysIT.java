package io.github.reelbeam.examples.conformance;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okXml;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.reelbeam.examples.cli.TestVideos;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backend that gives out its own keys, and a store that takes them without a session token. */
class LongLivedKeysIT {
  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().globalTemplating(true));

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void keysThatWorkWithoutTheirSessionTokenAreAFault() throws Exception {
    server.start();
    server.stubFor(any(anyUrl()).willReturn(jsonResponse("{}", 200)));
    server.stubFor(post("/api/v1/uploads").willReturn(jsonResponse(grant(), 201)));
    server.stubFor(
        post(urlPathMatching("/videos/.*"))
            .willReturn(
                okXml(
                    "<InitiateMultipartUploadResult><Bucket>videos</Bucket><Key>k</Key>"
                        + "<UploadId>u</UploadId></InitiateMultipartUploadResult>")));
    Path video = TestVideos.write(folder.resolve("video.mp4"), (5 << 20) + 100_000);

    Report report =
        BackendCheck.run(
            new Target(
                URI.create(server.baseUrl()),
                Target.Paths.standard(),
                null,
                null,
                video,
                "video/mp4",
                Duration.ofSeconds(5)),
            finding -> {});

    assertThat(report.findings())
        .filteredOn(finding -> finding.id().equals("rights.temporary"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
              assertThat(finding.verdict().change()).contains("the backend's own keys");
            });
    assertThat(report.toString()).doesNotContain("of-the-backend");
  }

  private String grant() {
    return "{\"credentials\":{\"AccessKeyId\":\"AKIAEXAMPLE\","
        + "\"SecretAccessKey\":\"secret-of-the-backend\",\"SessionToken\":\"token-of-the-backend\","
        + "\"Expiration\":\"2126-01-31T12:00:00Z\",\"region\":\"eu-central-1\","
        + "\"bucket\":\"videos\"},\"key\":\"{{randomValue type='UUID'}}\","
        + "\"endpoint\":\""
        + server.baseUrl()
        + "\",\"pathStyleAccess\":true}";
  }
}
