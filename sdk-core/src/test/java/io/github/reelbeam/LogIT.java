package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.reelbeam.internal.http.CapturedLog;
import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.RequestHead;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What real uploads say, under which names, at which levels, and of which upload they say it. */
@Timeout(60)
class LogIT {
  private static final Logger APP = LoggerFactory.getLogger("app");

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final ExecutorService events = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    MDC.clear();
    events.shutdownNow();
    servers.close();
  }

  private static Fault secondPartFailsOnce(RequestHead head) {
    return head.partNumber().orElse(0) == 2 && head.attempt() == 1
        ? new Fault.Answer(
            503, Map.of("x-amz-request-id", "REFUSED", "x-amz-id-2", "TWICE"), "<Error/>")
        : Fault.pass();
  }

  private static List<String> said(List<ILoggingEvent> lines, String logger, Level level) {
    return lines.stream()
        .filter(line -> line.getLoggerName().equals(logger) && line.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void anUploadWithARetrySaysWhatIsDocumented() throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), 3 * PART);
    servers.faults(LogIT::secondPartFailsOnce);
    List<ILoggingEvent> lines;
    UploadId id;
    try (CapturedLog log = new CapturedLog("io.github.reelbeam")) {
      try (VideoUploader uploader = servers.uploader().build()) {
        Upload upload = uploader.upload(UploadRequest.builder(file).build());
        id = upload.id();
        upload.await();
      }
      lines = log.lines();
    }

    assertThat(lines)
        .extracting(ILoggingEvent::getLoggerName)
        .containsOnly(
            Loggers.UPLOAD, Loggers.TRANSFER, Loggers.HTTP, Loggers.CREDENTIALS, Loggers.NOTIFY);
    assertThat(lines)
        .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
        .extracting(line -> line.getLevel() + " " + line.getFormattedMessage())
        .containsExactly(
            "INFO upload " + id + " of " + 3 * PART + " bytes begins at REQUESTED",
            "INFO upload " + id + " is at its end: NOTIFIED");
    assertThat(said(lines, Loggers.UPLOAD, Level.DEBUG))
        .containsExactly(
            "upload " + id + ": REQUESTED -> GRANTED",
            "upload " + id + ": GRANTED -> TRANSFERRING",
            "upload " + id + ": TRANSFERRING -> STORED",
            "upload " + id + ": STORED -> NOTIFIED");
    assertThat(said(lines, Loggers.TRANSFER, Level.DEBUG))
        .satisfiesExactly(
            run -> assertThat(run).contains("a run begins, 0 parts are stored"),
            retry -> assertThat(retry).startsWith("part 2 failed 1 times, again in PT"));
    assertThat(said(lines, Loggers.CREDENTIALS, Level.DEBUG))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("granted, good for PT"));
    assertThat(said(lines, Loggers.NOTIFY, Level.DEBUG))
        .containsExactly("upload " + id + ": the backend has taken it");
    verifyRequests(said(lines, Loggers.HTTP, Level.DEBUG));
  }

  private static void verifyRequests(List<String> lines) {
    Map<String, Integer> wanted =
        Map.of(
            "POST ", 2,
            "CreateMultipartUpload part 0: 200 in ", 1,
            "UploadPart part 1: 200 in ", 1,
            "UploadPart part 2: 503 in ", 1,
            "UploadPart part 2: 200 in ", 1,
            "UploadPart part 3: 200 in ", 1,
            "CompleteMultipartUpload part 0: 200 in ", 1);
    wanted.forEach(
        (start, times) ->
            assertThat(lines)
                .filteredOn(line -> line.startsWith(start))
                .as(start)
                .hasSize(times)
                .noneMatch(line -> line.contains("request id null")));
    assertThat(lines).hasSize(8);
    assertThat(lines)
        .filteredOn(line -> line.contains("503"))
        .allMatch(line -> line.endsWith("request id REFUSED, extended TWICE"));
  }

  @Test
  void everyLineNamesItsUploadWhileTwoRunSideBySide() throws Exception {
    Path three = TestFiles.random(folder.resolve("three.mp4"), 3 * PART);
    Path five = TestFiles.random(folder.resolve("five.mp4"), 5 * PART);
    servers.faults(LogIT::secondPartFailsOnce);
    MDC.put("user", "alice");
    List<ILoggingEvent> lines;
    Upload ofThree;
    Upload ofFive;
    try (CapturedLog log = new CapturedLog("io.github.reelbeam", "app");
        VideoUploader uploader = servers.uploader().eventExecutor(events).build()) {
      ofThree = uploader.upload(UploadRequest.builder(three).listener(new Talker()).build());
      ofFive = uploader.upload(UploadRequest.builder(five).listener(new Talker()).build());
      assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("user", "alice"));
      ofThree.await();
      ofFive.await();
      // both of them have had it
      assertThat(events.submit(MDC::getCopyOfContextMap).get()).isNullOrEmpty();
      lines = log.lines();
    }

    String three3 = ofThree.id().value();
    String five5 = ofFive.id().value();
    assertThat(lines)
        .extracting(LogIT::uploadOf)
        .as("all lines name one of the two")
        .containsOnly(three3, five5);
    assertThat(lines)
        .filteredOn(line -> line.getFormattedMessage().contains(three3))
        .isNotEmpty()
        .allMatch(line -> uploadOf(line).equals(three3));
    assertThat(lines)
        .filteredOn(line -> line.getFormattedMessage().contains(five5))
        .isNotEmpty()
        .allMatch(line -> uploadOf(line).equals(five5));
    Predicate<ILoggingEvent> parts = line -> line.getFormattedMessage().startsWith("UploadPart");
    assertThat(count(lines, three3, parts)).isEqualTo(4);
    assertThat(count(lines, five5, parts)).isEqualTo(6);
    Predicate<ILoggingEvent> app = line -> line.getLoggerName().equals("app");
    assertThat(count(lines, three3, app)).isEqualTo(3);
    assertThat(count(lines, five5, app)).isEqualTo(5);
    Predicate<ILoggingEvent> failed = line -> line.getLoggerName().equals(Loggers.EVENTS);
    assertThat(count(lines, three3, failed)).isEqualTo(1);
    assertThat(count(lines, five5, failed)).isEqualTo(1);
  }

  private static String uploadOf(ILoggingEvent line) {
    return line.getMDCPropertyMap().getOrDefault(UploadContext.KEY, "none: " + line);
  }

  private static long count(
      List<ILoggingEvent> lines, String upload, Predicate<ILoggingEvent> kind) {
    return lines.stream().filter(kind).filter(line -> uploadOf(line).equals(upload)).count();
  }

  @Test
  void theLinesOfADiscardNameTheUploadToo() throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), 3 * PART);
    servers.faults(head -> head.partNumber().orElse(0) == 2 ? Fault.accessDenied() : Fault.pass());
    UploadId id;
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = uploader.upload(UploadRequest.builder(file).build());
      id = upload.id();
      assertThat(upload.completion()).failsWithin(java.time.Duration.ofSeconds(30));
    }
    List<ILoggingEvent> lines;
    try (CapturedLog log = new CapturedLog("io.github.reelbeam");
        VideoUploader uploader = servers.uploader().build()) {
      assertThat(uploader.discard(id)).isTrue();
      lines = log.lines();
    }

    assertThat(lines)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(line -> line.startsWith("AbortMultipartUpload part 0: 204"));
    assertThat(lines).extracting(LogIT::uploadOf).containsOnly(id.value());
  }

  /** Logs each part, and fails at the end. */
  private static final class Talker implements UploadListener {
    @Override
    public void onPartCompleted(PartCompleted part) {
      APP.info("part {}", part.partNumber());
    }

    @Override
    public void onCompleted(VideoAsset asset) {
      throw new IllegalStateException("a listener that fails");
    }
  }
}
