package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okio.Throttler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** What the server reads is what was signed, byte for byte. */
class SignedUrlOnTheWireTest {
  private final CompletableFuture<String> received = new CompletableFuture<>();
  private final RecordingHandler handler = new RecordingHandler();
  private ScriptedServer server;
  private OkHttpAsyncClient client;

  @BeforeEach
  void start() throws IOException {
    server =
        new ScriptedServer(
            connection -> {
              received.complete(ScriptedServer.readHead(connection));
              ScriptedServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            });
    client =
        new OkHttpAsyncClient(
            new OkHttpClient(),
            new Dispatcher(),
            new Throttler(),
            new TransportOptions(Duration.ofSeconds(10), true));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.mp4",
        "with space.mp4",
        "a+b",
        "100%",
        "%2F",
        "%41",
        "it's \"quoted\"",
        "\ud83c\udfac\u00e4\u0301.mp4",
        "/leading//double///slashes",
        "trailing/",
        "star*tilde~(paren)[bracket]{brace}",
        "a?b#c&d=e;f:g@h,i$j!k",
        "back\\slash|pipe^caret`tick",
        "<angle>",
        "...",
        ".hidden",
        "a..b/c.",
        "\t\u0001\u007f"
      })
  void sendsTheKeyAsTheSdkEncodedIt(String key) throws Exception {
    String path = "/bucket/" + SdkHttpUtils.urlEncodeIgnoreSlashes(key);
    SdkHttpFullRequest request =
        S3Requests.request(SdkHttpMethod.GET, server.url()).toBuilder()
            .encodedPath(path)
            .putRawQueryParameter("prefix", key)
            .putRawQueryParameter("uploads", (String) null)
            .build();

    client
        .execute(S3Requests.with(request, new SlicePublisher(0), handler))
        .get(10, TimeUnit.SECONDS);

    assertThat(received.join().lines().findFirst())
        .hasValue(
            "GET " + path + "?" + request.encodedQueryParameters().orElseThrow() + " HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/./b", "a/../b", "..", "."})
  void refusesAKeyThatOkHttpWouldResolve(String key) {
    SdkHttpFullRequest request =
        S3Requests.request(SdkHttpMethod.GET, server.url()).toBuilder()
            .encodedPath("/bucket/" + key)
            .build();

    CompletableFuture<Void> future =
        client.execute(S3Requests.with(request, new SlicePublisher(0), handler));

    assertThat(future)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThat(handler.errors).singleElement().isInstanceOf(IllegalArgumentException.class);
    assertThat(server.connections).hasValue(0);
  }

  @Test
  void sendsEachHeaderOnceAndTheHostAsSigned() throws Exception {
    client
        .execute(S3Requests.put(server.url() + "/b/k", new SlicePublisher(3), handler))
        .get(10, TimeUnit.SECONDS);

    assertThat(received.join().lines().skip(1).filter(line -> !line.isEmpty()))
        .contains(
            "Host: " + server.url().substring("http://".length()),
            "Content-Length: 3",
            "Accept-Encoding: identity")
        .doesNotHaveDuplicates()
        .noneMatch(line -> line.startsWith("Expect") || line.startsWith("Transfer-Encoding"));
  }

  @Test
  void aResponseWithoutBodyHasHeadersAndNoData() {
    client.execute(S3Requests.get(server.url(), handler)).orTimeout(10, TimeUnit.SECONDS).join();

    assertThat(handler.status()).isEqualTo(200);
    assertThat(handler.sliceSizes).isEmpty();
    assertThat(handler.bodyComplete).isCompleted();
  }
}
