package io.github.reelbeam.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The site as a reader has it: opened from a disk, on a desk and on a phone. */
@Tag("site")
class SiteInBrowserIT {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Dimension DESK = new Dimension(1280, 900);
  private static final Dimension PHONE = new Dimension(500, 900);

  private static ChromeDriver browser;

  @BeforeAll
  static void start(@TempDir Path profile) {
    assumeTrue(
        Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
        "skipped: Debian's packages chromium and chromium-driver are not installed");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    // with the driver named, Selenium looks for none
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
  }

  private static void open(String path, Dimension size) {
    browser.manage().window().setSize(size);
    browser.get(SitePage.SITE.resolve(path).toUri().toString());
  }

  private static WebElement shown(String selector) {
    return Awaitility.await(selector)
        .until(
            () ->
                browser.findElements(By.cssSelector(selector)).stream()
                    .filter(WebElement::isDisplayed)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.html", "docs/bucket.html", "docs/decisions/index.html"})
  void theSearchLeadsToWhatIsLookedFor(String from) {
    open(from, DESK);
    shown("#search input").sendKeys("407 proxy login");
    shown("#search li a").click();
    Awaitility.await()
        .until(() -> String.valueOf(browser.getCurrentUrl()).contains("troubleshooting.html#"));
    assertThat(browser.findElement(By.tagName("body")).getText()).contains("407 Proxy");
  }

  @Test
  void aSearchForNothingSaysSo() {
    open("index.html", DESK);
    shown("#search input").sendKeys("zzzzunheardof");
    assertThat(shown("#search li").getText()).startsWith("Nothing");
  }

  @Test
  void onAPhoneTheMenuIsThereWhenItIsAskedFor() {
    open("docs/android.html", PHONE);
    WebElement menu = browser.findElement(By.id("leftColumn"));
    assertThat(menu.isDisplayed()).isFalse();
    shown("#menu").click();
    assertThat(menu.isDisplayed()).isTrue();
  }

  /** Wide tables and code scroll by themselves. */
  @Test
  void noDocumentIsWiderThanTheScreen() throws IOException {
    List<String> wide = new ArrayList<>();
    for (SitePage page : SitePage.all()) {
      if (page.isDocument()) {
        open(page.path(), PHONE);
        Object excess =
            browser.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (excess instanceof Long pixels && pixels > 0) {
          wide.add(page + " by " + pixels);
        }
      }
    }
    assertThat(wide).isEmpty();
  }

  @Test
  void nothingGoesWrongOnAPage() {
    open("docs/architecture.html", DESK);
    shown("#search input");
    assertThat(browser.manage().logs().get("browser").getAll())
        .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .isEmpty();
    assertThat(
            browser.executeScript(
                "return [...document.images].every(i => i.complete && i.naturalWidth > 0)"))
        .isEqualTo(true);
  }
}
