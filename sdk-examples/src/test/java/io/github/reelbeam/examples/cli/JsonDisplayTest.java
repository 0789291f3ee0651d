package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.SourceException;
import io.github.reelbeam.TransferException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadListener.CredentialsRenewed;
import io.github.reelbeam.UploadListener.PartCompleted;
import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.RetryCause;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonDisplayTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final JsonDisplay display =
      new JsonDisplay(new JsonLines(new PrintWriter(out)), new PrintWriter(err));

  @Test
  void everyEventIsOneObjectOnALine() {
    display.onStarted(FakeUpload.of(64 << 20));
    display.onStateChanged(
        new StateChange(UploadState.TRANSFERRING, UploadState.WAITING, WaitReason.OFFLINE));
    display.onProgress(new UploadProgress(8 << 20, 100, 64 << 20, 1 << 20, 0.125));
    display.onPartCompleted(new PartCompleted(1, 8 << 20, 1, 8));
    display.onPartRetry(
        new PartRetry(2, 1, Duration.ofMillis(400), RetryCause.CONNECTION, "connection reset"));
    display.onCredentialsRenewed(new CredentialsRenewed(Instant.parse("2026-11-22T12:00:00Z")));
    display.onCompleted(FakeUpload.ASSET);

    List<JsonNode> lines = lines();
    assertThat(lines)
        .extracting(line -> line.path("event").asText())
        .containsExactly(
            "started",
            "stateChanged",
            "progress",
            "partCompleted",
            "partRetry",
            "credentialsRenewed",
            "completed");
    assertThat(lines).allMatch(line -> line.path("uploadId").asText().equals("upload-1"));
    assertThat(lines.get(1).path("reason").asText()).isEqualTo("OFFLINE");
    assertThat(lines.get(2).path("committedBytes").asLong()).isEqualTo(8 << 20);
    assertThat(lines.get(4).path("delayMillis").asLong()).isEqualTo(400);
    assertThat(lines.get(5).path("expiration").asText()).isEqualTo("2026-11-22T12:00:00Z");
  }

  @Test
  void theLastLineIsTheAssetWithItsKey() {
    display.onCompleted(FakeUpload.ASSET);

    JsonNode asset = lines().get(0);
    assertThat(asset.path("key").asText()).isEqualTo("incoming/1.mp4");
    assertThat(asset.path("checksum").path("value").asText()).isEqualTo("AAAAAA==");
    assertThat(asset.path("metadata").path("title").asText()).isEqualTo("Küste");
    assertThat(asset.path("response").path("id").asText()).isEqualTo("asset-1");
    assertThat(out.toString().chars()).allMatch(c -> c < 0x80);
    assertThat(display.awaitExitCode()).isZero();
  }

  @Test
  void aFailureSaysWhetherItCanBeResumed() {
    display.onFailed(
        new TransferException(
            "the store refused", new Details(FakeUpload.ID, Stage.TRANSFER, true, "req-1"), null));

    JsonNode failure = lines().get(0);
    assertThat(failure.path("event").asText()).isEqualTo("failed");
    assertThat(failure.path("error").asText()).isEqualTo("the store refused");
    assertThat(failure.path("resumable").booleanValue()).isTrue();
    assertThat(failure.path("requestId").asText()).isEqualTo("req-1");
    assertThat(err.toString()).contains("the store refused").contains("resume upload-1");
    assertThat(display.awaitExitCode()).isEqualTo(75);
  }

  @Test
  void aFailureForGoodEndsWithOneAndSaysNothingOfResuming() {
    display.onFailed(
        new SourceException(
            "holiday.mp4 is empty", new Details(null, Stage.PREPARE, false, null), null));

    assertThat(lines().get(0).path("resumable").booleanValue()).isFalse();
    assertThat(err.toString()).isEqualTo("reelbeam: holiday.mp4 is empty\n");
    assertThat(display.awaitExitCode()).isEqualTo(1);
  }

  @Test
  void onlyTheFirstEndCounts() {
    display.onCompleted(FakeUpload.ASSET);
    display.onCancelled();

    assertThat(lines()).hasSize(1);
    assertThat(display.awaitExitCode()).isZero();
  }

  private List<JsonNode> lines() {
    ObjectMapper json = new ObjectMapper();
    return out.toString()
        .lines()
        .map(
            line -> {
              try {
                return json.readTree(line);
              } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + line, e);
              }
            })
        .toList();
  }
}
