package io.github.reelbeam.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.DemoVideo;
import io.github.reelbeam.testservers.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The example backend's page in a real browser, which plays from the real store. */
@Tag("real-store")
class ExampleBackendPageIT {
  private static final Dimension WIDE = new Dimension(1100, 1000);
  private static final Dimension NARROW = new Dimension(420, 900);
  private static final int MIB = 1 << 20;

  private final RealStore store = RealStore.fromEnvironment();
  private final OwnedBucket bucket = OwnedBucket.in(store);

  @TempDir private Path folder;
  private ExampleBackend backend;
  private ChromeDriver browser;

  @BeforeEach
  void open() throws IOException {
    backend = ExampleBackend.start(folder.resolve("backend"), store, bucket.name());
    browser = HeadlessBrowser.start(Files.createDirectory(folder.resolve("profile")));
    browser.manage().window().setSize(WIDE);
    browser.get(backend.uri().toString());
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.quit();
    }
    if (backend != null) {
      backend.close();
    }
    bucket.close();
  }

  @Test
  void whoSignsInSeesThereIsNothingYet() throws IOException {
    await().untilAsserted(() -> assertThat(text("#sign-in")).contains("Sign in"));
    screenshot("backend-sign-in.png");

    signIn(ExampleBackend.ADA);

    await().untilAsserted(() -> assertThat(text("#empty")).contains("No videos yet"));
    screenshot("backend-empty.png");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void aWrongTokenIsNotLetIn() {
    signIn("wrong");

    await().untilAsserted(() -> assertThat(text("#refusal")).contains("not known"));
    assertThat(browser.findElement(By.id("signed-in")).isDisplayed()).isFalse();
    assertThat(browser.executeScript("return sessionStorage.length")).isEqualTo(0L);
  }

  @Test
  void aVideoIsListedPlaysAndSeeksWithoutABytePassingThroughTheBackend() throws Exception {
    upload("Ferien an der Küste.mp4", 24 * MIB);
    upload("<img src=x onerror=alert(1)>.mp4", MIB);
    upload("birthday.mp4", 6 * MIB);
    signIn(ExampleBackend.ADA);
    await().until(() -> browser.findElements(By.cssSelector(".asset")).size() == 3);
    await().until(() -> browser.findElements(By.cssSelector(".thumb span")).size() == 3);
    assertThat(text(".asset:first-child")).contains("birthday.mp4").contains("6.0 MiB");
    assertThat(text(".asset:nth-child(2) .name")).isEqualTo("<img src=x onerror=alert(1)>.mp4");
    assertThat(text(".asset:last-child")).contains("video/mp4").contains("CRC32");
    screenshot("backend-list.png");

    browser.findElement(By.cssSelector(".asset:last-child")).click();

    await().atMost(Duration.ofSeconds(30)).until(() -> number("v.currentTime") > 0.5);
    double middle = number("v.currentTime = v.duration / 2");
    await().atMost(Duration.ofSeconds(30)).until(() -> number("v.currentTime") > middle + 0.5);
    assertThat(video("v.error")).isNull();
    assertThat(number("v.videoWidth")).isEqualTo(640);
    assertThat((String) video("v.currentSrc")).startsWith(store.s3Endpoint().toString());
    assertThat(complaints()).isEmpty();
    screenshot("backend-playing.png");
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    browser.executeScript("scrollTo(0, document.body.scrollHeight)");
    screenshot("backend-playing-dark.png");
    browser.manage().window().setSize(NARROW);
    screenshot("backend-playing-narrow.png");
    browser.executeScript("scrollTo(0, document.body.scrollHeight)");
    screenshot("backend-list-narrow.png");
  }

  @Test
  void refreshShowsWhatCameMeanwhile() throws Exception {
    signIn(ExampleBackend.ADA);
    await().untilAsserted(() -> assertThat(text("#empty")).contains("No videos yet"));
    upload("late.mp4", MIB);

    browser.findElement(By.id("refresh")).click();

    await().untilAsserted(() -> assertThat(text("#assets")).contains("late.mp4"));
  }

  @Test
  void aBackendThatIsAwayIsSaidAndTriedAgain() throws Exception {
    signIn(ExampleBackend.ADA);
    await().untilAsserted(() -> assertThat(text("#empty")).contains("No videos yet"));
    backend.kill();

    browser.findElement(By.id("refresh")).click();
    await().untilAsserted(() -> assertThat(text("#problem")).contains("cannot be reached"));
    screenshot("backend-away.png");
    backend.start();
    browser.findElement(By.id("again")).click();

    await().until(() -> !browser.findElement(By.id("problem")).isDisplayed());
  }

  @Test
  void whoSignsOutLeavesNothingBehind() throws Exception {
    upload("private.mp4", MIB);
    signIn(ExampleBackend.ADA);
    await().untilAsserted(() -> assertThat(text("#assets")).contains("private.mp4"));

    browser.findElement(By.id("sign-out")).click();

    assertThat(browser.findElement(By.id("sign-in")).isDisplayed()).isTrue();
    assertThat(browser.getPageSource()).doesNotContain("private.mp4");
    assertThat(browser.executeScript("return sessionStorage.length")).isEqualTo(0L);
  }

  private void signIn(String token) {
    browser.findElement(By.id("token")).sendKeys(token);
    browser.findElement(By.cssSelector("#sign-in button")).click();
  }

  private void upload(String name, long bytes) throws Exception {
    Path file = folder.resolve(name);
    DemoVideo.write(file, bytes);
    try (JavaProgram upload = backend.upload(file, ExampleBackend.ADA)) {
      assertThat(upload.awaitExit(Duration.ofMinutes(2))).as(upload::toString).isZero();
    }
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

  /** What the browser has refused to do, by the page's policy for instance. */
  private List<String> complaints() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** For whoever wants to see what the page looks like. */
  private void screenshot(String name) throws IOException {
    Path target = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(target.resolve(name), browser.getScreenshotAs(OutputType.BYTES));
  }
}
