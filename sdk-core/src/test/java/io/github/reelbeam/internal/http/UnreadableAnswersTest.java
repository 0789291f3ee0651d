package io.github.reelbeam.internal.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.RetryPolicy;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okio.Throttler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An answer at which OkHttp throws what is no IOException: no thread of the app's ends by it. */
class UnreadableAnswersTest {
  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
  private final OkHttpClient client = new OkHttpClient();
  private Thread.@Nullable UncaughtExceptionHandler before;

  @BeforeEach
  void listen() {
    before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
  }

  @AfterEach
  void restore() throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler(before);
    client.dispatcher().executorService().shutdown();
  }

  private static void answer(Socket connection) throws IOException {
    ScriptedServer.readHead(connection);
    ScriptedServer.write(connection, "HTTP/1.1 -29 what\r\nContent-Length: 0\r\n\r\n");
  }

  @Test
  void aBackendsIsAFailedAttempt() throws Exception {
    try (ScriptedServer server = new ScriptedServer(UnreadableAnswersTest::answer)) {
      BackendCall.Builder builder = BackendCall.builder(URI.create(server.url()));
      builder.client(client);
      builder.policy(RetryPolicy.builder().maxAttempts(1).build());
      BackendCall call = builder.build();
      byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
      assertThatExceptionOfType(BackendException.class)
          .isThrownBy(() -> call.post("api/v1/uploads", nothing, Map.of()))
          .satisfies(failure -> assertThat(failure.isResumable()).isTrue());
    }
    assertNothingWasThrown();
  }

  @Test
  void aStoresIsAFailedAttempt() throws Exception {
    RecordingHandler handler = new RecordingHandler();
    OkHttpAsyncClient s3 =
        new OkHttpAsyncClient(
            client,
            client.dispatcher(),
            new Throttler(),
            new TransportOptions(Duration.ofSeconds(10), false));
    try (ScriptedServer server = new ScriptedServer(UnreadableAnswersTest::answer)) {
      CompletableFuture<Void> end = s3.execute(S3Requests.get(server.url(), handler));
      assertThat(end)
          .failsWithin(10, SECONDS)
          .withThrowableThat()
          .withCauseInstanceOf(S3CallException.class);
    } finally {
      s3.close();
    }
    assertNothingWasThrown();
  }

  /** Once the threads that may have thrown have ended. */
  private void assertNothingWasThrown() throws InterruptedException {
    Dispatcher dispatcher = client.dispatcher();
    dispatcher.executorService().shutdown();
    assertThat(dispatcher.executorService().awaitTermination(10, SECONDS)).isTrue();
    assertThat(uncaught).isEmpty();
  }
}
