package io.github.reelbeam.examples.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** {@code reelbeam setup-bucket} against a store of scripted answers. */
class SetupBucketTest {
  private static final String CORS = "/videos?cors";
  private static final String LIFECYCLE = "/videos?lifecycle";

  @RegisterExtension
  static final WireMockExtension S3 =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void emptyBucket() {
    System.setProperty("aws.accessKeyId", "id");
    System.setProperty("aws.secretAccessKey", "secret");
    S3.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
    S3.stubFor(get(urlEqualTo(CORS)).willReturn(refusal(404, "NoSuchCORSConfiguration")));
    S3.stubFor(get(urlEqualTo(LIFECYCLE)).willReturn(refusal(404, "NoSuchLifecycleConfiguration")));
  }

  @AfterEach
  void forgetKeys() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void saysWhatItHasChanged() {
    assertThat(run()).isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("changed: CORS: add rule 'reelbeam-uploads'"),
            line -> assertThat(line).startsWith("changed: lifecycle: add rule").contains("3 days"));
    S3.verify(1, putRequestedFor(urlEqualTo(CORS)));
    S3.verify(1, putRequestedFor(urlEqualTo(LIFECYCLE)));
  }

  @Test
  void aDryRunSaysWhatItWouldChange() {
    assertThat(run("--dry-run")).isZero();
    assertThat(out.toString().lines()).hasSize(2).allMatch(l -> l.startsWith("would change: "));
    S3.verify(0, putRequestedFor(anyUrl()));
  }

  @Test
  void jsonIsOneObject() throws Exception {
    assertThat(run("--json", "--dry-run", "--no-cors")).isZero();
    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.path("event").asText()).isEqualTo("bucketSetUp");
    assertThat(line.path("bucket").asText()).isEqualTo("videos");
    assertThat(line.path("dryRun").asBoolean()).isTrue();
    assertThat(line.path("changes")).hasSize(1);
    assertThat(line.path("warnings").isArray()).isTrue();
  }

  @Test
  void saysThatThereIsNothingToDo() {
    S3.stubFor(
        get(urlEqualTo(LIFECYCLE))
            .willReturn(
                aResponse()
                    .withBody(
                        "<LifecycleConfiguration><Rule><ID>mine</ID><Status>Enabled</Status>"
                            + "<Filter><Prefix>up/</Prefix></Filter><AbortIncompleteMultipartUpload>"
                            + "<DaysAfterInitiation>3</DaysAfterInitiation>"
                            + "</AbortIncompleteMultipartUpload></Rule></LifecycleConfiguration>")));
    assertThat(run("--no-cors", "--rule-id", "mine", "--prefix", "up/")).isZero();
    assertThat(out.toString()).contains("bucket videos is as wanted");
  }

  @Test
  void aRefusalEndsWithOneAndSaysWhatWasChanged() throws Exception {
    S3.stubFor(put(urlEqualTo(LIFECYCLE)).willReturn(refusal(403, "AccessDenied")));
    assertThat(run("--json")).isEqualTo(1);
    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.path("event").asText()).isEqualTo("failed");
    assertThat(line.path("resumable").asBoolean(true)).isFalse();
    assertThat(line.path("changes")).hasSize(1);
    assertThat(err.toString()).contains("needs s3:PutLifecycleConfiguration").contains("CORS: add");
  }

  @Test
  void aStoreThatIsInTroubleEndsWithSeventyFive() {
    S3.stubFor(get(urlEqualTo(CORS)).willReturn(refusal(503, "SlowDown")));
    assertThat(run()).isEqualTo(75);
  }

  private int run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "setup-bucket",
                "--bucket=videos",
                "--s3-endpoint=" + S3.baseUrl(),
                "--path-style",
                "--region=eu-central-1",
                "--abort-after=3d"));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--no-cors")) {
      arguments.add("--origin=https://app.example.com");
    }
    CommandLine command = Reelbeam.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments.toArray(String[]::new));
  }

  private static ResponseDefinitionBuilder refusal(int status, String code) {
    return aResponse()
        .withStatus(status)
        .withBody("<Error><Code>%s</Code><Message>No.</Message></Error>".formatted(code));
  }
}
