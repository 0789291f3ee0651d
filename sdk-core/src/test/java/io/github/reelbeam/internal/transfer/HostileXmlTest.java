package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.BytesSource;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.internal.http.Causes;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Stored;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store could do with the XML of its answers; the parser is the SDK's. */
class HostileXmlTest {
  private static final int LENGTH = 6 << 20;

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);

  @AfterEach
  void end() {
    workers.shutdownNow();
    scheduler.shutdownNow();
  }

  @Test
  void anExternalEntityIsNotRead(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("private.txt"), "what nobody may see");
    String xml =
        "<!DOCTYPE Error [<!ENTITY file SYSTEM \"%s\">]><Error><Code>&file;</Code>"
            .formatted(file.toUri());

    assertThat(failureOf(400, xml + "<Message>said: &file;</Message></Error>"))
        .hasMessageNotContaining("nobody");
  }

  @Test
  void entitiesAreNotMultiplied() {
    StringBuilder xml = new StringBuilder("<!DOCTYPE Error [<!ENTITY e0 \"laughter, \">");
    for (int i = 1; i < 20; i++) {
      xml.append("<!ENTITY e%d \"%s\">".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
    }
    xml.append("]><Error><Code>X</Code><Message>&e19;</Message></Error>");

    assertThat(failureOf(400, xml.toString())).hasMessageNotContaining("laughter");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400})
  void elementsInElementsDoNotUseUpTheStack(int status) {
    TransferFailure failure = failureOf(status, "<Error>" + "<a>".repeat(1 << 20));

    assertThat(Causes.find(failure, Error.class)).isNull();
    assertThat(failure.getMessage()).hasSizeLessThan(1200);
  }

  private TransferFailure failureOf(int status, String xml) {
    TransferOptions options =
        TransferOptions.builder().retryPolicy(RetryPolicy.builder().maxAttempts(1).build()).build();
    TransferEngine engine =
        new TransferEngine(
            new OneAnswer(status, xml),
            options,
            workers,
            scheduler,
            TransferSlots.fixed(4, System::nanoTime),
            new StoreClock(Clock.systemUTC(), System::nanoTime),
            System::nanoTime,
            () -> 0);
    TransferOrder order =
        new TransferOrder(
            BytesSource.random(LENGTH),
            PartPlan.of(LENGTH, TransferOptions.MIN_PART_SIZE),
            new ObjectProperties("video/mp4", Map.of(), null, null),
            new Target("videos", "1.mp4", "r", URI.create("http://127.0.0.1:9"), true, null),
            null,
            Map.of(),
            false,
            () ->
                CompletableFuture.completedFuture(
                    new TemporaryCredentials("id", "key", "token", Instant.MAX)),
            () -> UploadPriority.NORMAL,
            UploadContext.NONE);
    CompletableFuture<Stored> result = engine.start(order, new SilentObserver()).result();
    assertThat(result).failsWithin(20, TimeUnit.SECONDS);
    return (TransferFailure) result.handle((done, failure) -> failure).join();
  }
}
