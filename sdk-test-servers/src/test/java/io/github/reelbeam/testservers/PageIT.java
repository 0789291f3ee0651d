package io.github.reelbeam.testservers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The page in a real browser. */
class PageIT {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;
  private EmbeddedS3 s3 = EmbeddedS3.start();
  private EmbeddedBackend backend = EmbeddedBackend.start(s3);
  private ChromeDriver browser;

  @BeforeEach
  void open() throws IOException {
    browser = HeadlessBrowser.start(Files.createDirectory(folder.resolve("profile")));
    browser.manage().window().setSize(new Dimension(1100, 1000));
    browser.get(backend.uri().toString());
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.quit();
    }
    backend.close();
    s3.close();
  }

  private String text(String css) {
    return browser.findElement(By.cssSelector(css)).getText();
  }

  private @Nullable Object video(String expression) {
    return browser.executeScript(
        "const v = document.querySelector('#player video'); return " + expression);
  }

  private double number(String expression) {
    return ((Number) requireNonNull(video(expression))).doubleValue();
  }

  private void storeVideo(String fileName, long bytes) throws IOException {
    Path file = folder.resolve(fileName);
    DemoVideo.write(file, bytes);
    BackendClient client = new BackendClient(backend.uri());
    JsonNode grant =
        BackendClient.json(
            client.post(
                "api/v1/uploads",
                "{\"fileName\":\"%s\",\"contentType\":\"video/mp4\",\"size\":%s}"
                    .formatted(fileName, bytes)));
    String key = grant.path("key").asText();
    try (S3Client writer = S3Clients.of(s3.endpoint(), BackendClient.keys(grant))) {
      writer.putObject(
          b -> b.bucket(s3.bucket()).key(key).contentType("video/mp4"), RequestBody.fromFile(file));
    }
    client.post(
        "api/v1/video",
        "{\"uploadId\":\"%s\",\"key\":\"%s\",\"size\":%s,\"fileName\":\"%s\"}"
            .formatted(key, key, Files.size(file), fileName));
  }

  private void post(long committed, String state) {
    backend
        .liveUploads()
        .post(new LiveUpload("u", "holiday.mp4", committed, 64 * MIB, 8.0 * MIB, state));
  }

  @Test
  void showsUploadsAsTheyGo() {
    await().untilAsserted(() -> assertThat(text("#uploads")).contains("No upload"));
    post(16 * MIB, "TRANSFERRING");
    await().untilAsserted(() -> assertThat(text(".upload .percent")).isEqualTo("25 %"));
    assertThat(text(".upload .facts"))
        .contains("16.0 MiB of 64.0 MiB")
        .contains("8.0 MiB/s")
        .contains("6 s left");
    AtomicInteger committed = new AtomicInteger(16);
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              post(committed.addAndGet(4) * MIB, "TRANSFERRING");
              return committed.get() == 64;
            });
    post(64 * MIB, "NOTIFIED");
    await().untilAsserted(() -> assertThat(text(".upload .percent")).isEqualTo("100 %"));
    assertThat(text(".upload .chip")).isEqualTo("notified");
    backend.liveUploads().remove("u");
    await().untilAsserted(() -> assertThat(text("#uploads")).contains("No upload"));
  }

  @Test
  void playsAVideoAndSeeksInIt() throws IOException {
    post(16 * MIB, "TRANSFERRING");
    storeVideo("holiday.mp4", 64 * MIB);
    await().until(() -> !browser.findElements(By.cssSelector(".asset")).isEmpty());
    browser.findElement(By.cssSelector(".asset")).click();
    await().until(() -> number("v.currentTime") > 0.5);
    assertThat(number("v.duration")).isBetween(1400.0, 1415.0);
    double middle = number("v.currentTime = v.duration / 2");
    await().until(() -> number("v.currentTime") > middle + 0.5);
    assertThat(video("v.error")).isNull();
    assertThat(number("v.videoWidth")).isEqualTo(640);
    screenshot("page.png");
  }

  /** For whoever wants to see what the page looks like. */
  private void screenshot(String name) throws IOException {
    Path target = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(target.resolve(name), browser.getScreenshotAs(OutputType.BYTES));
  }

  @Test
  void asksNobodyElseForAnything() {
    await().untilAsserted(() -> assertThat(text("#link")).isEqualTo("live"));
    Object foreign =
        browser.executeScript(
            "return performance.getEntriesByType('resource').map(e => e.name)"
                + ".filter(n => !n.startsWith(location.origin) && !n.startsWith('data:')).length");
    assertThat(foreign).isEqualTo(0L);
  }
}
