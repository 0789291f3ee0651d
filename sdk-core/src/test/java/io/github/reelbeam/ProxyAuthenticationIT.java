package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reelbeam.internal.http.CapturedLog;
import io.github.reelbeam.testservers.LoginProxy;
import io.github.reelbeam.testservers.TlsFront;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A company's proxy that wants a login, given by the app's OkHttpClient. It is Basic over CONNECT,
 * which the JDK's own client leaves out unless a system property says otherwise; OkHttp does not.
 */
@Timeout(60)
class ProxyAuthenticationIT {
  private static final String USER = "alice";
  private static final String PASSWORD = "proxy-password-4711";

  @TempDir Path folder;
  private final List<TlsFront> fronts = new ArrayList<>();
  private final Servers servers = Servers.withStoreAt(this::front);
  private final TlsFront store = fronts.get(0);
  private final TlsFront backend = store.startBeside(servers.backendProxy.uri());
  private final LoginProxy proxy = LoginProxy.start(USER, PASSWORD);
  private final RecordingListener listener = new RecordingListener();
  private Path file;

  private URI front(URI faultProxy) {
    TlsFront front = TlsFront.start(faultProxy);
    fronts.add(front);
    return front.uri();
  }

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), 2 * PART);
  }

  @AfterEach
  void stopServers() {
    proxy.close();
    backend.close();
    store.close();
    servers.close();
  }

  private Proxy address() {
    return new Proxy(Proxy.Type.HTTP, proxy.address());
  }

  private OkHttpClient.Builder client() {
    return new OkHttpClient.Builder()
        .sslSocketFactory(store.clientSslContext().getSocketFactory(), store.trustManager());
  }

  /** Answers what it is asked, and gives up when that was not right, as OkHttp's manual says. */
  private static Authenticator login(String password) {
    return (route, response) ->
        response.code() != 407
                || response.request().header("Proxy-Authorization") != null
                || response.challenges().stream().noneMatch(c -> c.scheme().equals("Basic"))
            ? null
            : response
                .request()
                .newBuilder()
                .header("Proxy-Authorization", Credentials.basic(USER, password))
                .build();
  }

  private VideoUploader uploader(OkHttpClient client) {
    return servers
        .uploader()
        .backend(backend.uri(), () -> "Bearer none")
        .httpClient(client)
        .build();
  }

  private UploadRequest request() {
    return UploadRequest.builder(file).listener(listener).build();
  }

  @Test
  void bothServersAreReachedOverTunnels() throws Exception {
    OkHttpClient client = client().proxy(address()).proxyAuthenticator(login(PASSWORD)).build();
    try (VideoUploader uploader = uploader(client)) {
      VideoAsset asset = uploader.upload(request()).await();
      listener.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(listener.retries()).isEmpty();
    assertThat(proxy.tunnels()).isBetween(2, store.connections() + backend.connections());
    assertThat(proxy.refused()).as("each tunnel is asked for twice").isEqualTo(proxy.tunnels());
  }

  @Test
  void withoutALoginTheBackendIsOutOfReachUntilThereIsOne() throws Exception {
    try (VideoUploader uploader = uploader(client().proxy(address()).build())) {
      Upload upload = uploader.upload(request());
      GrantException failure = catchThrowableOfType(GrantException.class, upload::await);
      assertThat(failure)
          .hasMessageContaining(
              "the proxy 127.0.0.1:" + proxy.address().getPort() + " wants a login (407");
      assertThat(failure.isResumable()).isTrue();
      listener.verify("failed");
    }
    assertThat(proxy.refused()).isEqualTo(1);
    assertThat(servers.backend.grants()).isEmpty();

    OkHttpClient client = client().proxy(address()).proxyAuthenticator(login(PASSWORD)).build();
    try (VideoUploader uploader = uploader(client)) {
      servers.verifyStoredOnce(file, uploader.upload(UploadRequest.builder(file).build()).await());
    }
  }

  @Test
  void withoutALoginTheStoreIsOutOfReachUntilThereIsOne() throws Exception {
    try (VideoUploader uploader = uploader(client().proxySelector(onlyFor(store.uri())).build())) {
      Upload upload = uploader.upload(request());
      TransferException failure = catchThrowableOfType(TransferException.class, upload::await);
      assertThat(failure)
          .hasMessageContaining(
              "the proxy 127.0.0.1:" + proxy.address().getPort() + " wants a login (407")
          .hasMessageContaining("start it again to go on");
      assertThat(failure.isResumable()).isTrue();
      listener.verify("failed");
    }
    assertThat(listener.retries()).isEmpty();
    assertThat(proxy.refused()).isEqualTo(1);
    assertThat(store.connections()).isZero();

    OkHttpClient client =
        client().proxySelector(onlyFor(store.uri())).proxyAuthenticator(login(PASSWORD)).build();
    try (VideoUploader uploader = uploader(client)) {
      servers.verifyStoredOnce(file, uploader.upload(UploadRequest.builder(file).build()).await());
    }
  }

  private ProxySelector onlyFor(URI server) {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return List.of(uri.getPort() == server.getPort() ? address() : Proxy.NO_PROXY);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        throw new AssertionError("the proxy can be reached", failure);
      }
    };
  }

  @Test
  void aWrongPasswordIsSentOnceAndShownNowhere() throws Exception {
    OkHttpClient client =
        client().proxy(address()).proxyAuthenticator(login(PASSWORD + "-old")).build();
    StringWriter shown = new StringWriter();
    try (CapturedLog log = everything();
        VideoUploader uploader = uploader(client)) {
      Upload upload = uploader.upload(request());
      GrantException failure = catchThrowableOfType(GrantException.class, upload::await);
      failure.printStackTrace(new PrintWriter(shown, true));
      shown.append(log.text());
    }
    assertThat(shown.toString())
        .contains("wants a login (407", "POST " + backend.uri())
        .doesNotContain(PASSWORD, Credentials.basic(USER, PASSWORD + "-old").substring(6));
    assertThat(proxy.refused()).as("once without, once with the password").isEqualTo(2);
  }

  /** OkHttp does not repeat a request whose body can be read once only: the engine does. */
  @Test
  void aStoreWithoutTlsIsReachedToo() throws Exception {
    String log;
    try (Servers plain = Servers.start();
        CapturedLog captured = everything();
        VideoUploader uploader =
            plain
                .uploader()
                .httpClient(
                    new OkHttpClient.Builder()
                        .proxy(address())
                        .proxyAuthenticator(login(PASSWORD))
                        .build())
                .build()) {
      VideoAsset asset = uploader.upload(request()).await();
      listener.verify("completed");
      plain.verifyStoredOnce(file, asset);
      log = captured.text();
      assertThat(plain.proxy.requests())
          .allSatisfy(r -> assertThat(r.head().headers()).doesNotContainKey("proxy-authorization"));
    }
    assertThat(listener.retries()).as("the first request, which had no login yet").hasSize(1);
    assertThat(proxy.plainRequests()).isGreaterThan(4);
    assertThat(proxy.tunnels()).isZero();
    assertThat(log).isNotEmpty().doesNotContain(PASSWORD, Credentials.basic(USER, PASSWORD));
  }

  @Test
  void aWrongPasswordForAStoreWithoutTlsIsSentOnce() throws Exception {
    try (Servers plain = Servers.start();
        VideoUploader uploader =
            plain
                .uploader()
                .httpClient(
                    new OkHttpClient.Builder()
                        .proxySelector(onlyFor(plain.proxy.uri()))
                        .proxyAuthenticator(login(PASSWORD + "-old"))
                        .build())
                .build()) {
      Upload upload = uploader.upload(request());
      TransferException failure = catchThrowableOfType(TransferException.class, upload::await);
      assertThat(failure).hasMessageContaining("wants a login (407");
      assertThat(failure.isResumable()).isTrue();
    }
    assertThat(proxy.refused()).as("once without, once with the password").isEqualTo(2);
    assertThat(proxy.plainRequests()).isZero();
  }

  private static CapturedLog everything() {
    return new CapturedLog("io.github.reelbeam", "software.amazon.awssdk.request");
  }
}
