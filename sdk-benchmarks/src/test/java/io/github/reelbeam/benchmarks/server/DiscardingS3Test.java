package io.github.reelbeam.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.benchmarks.server.Ledger.Tally;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscardingS3Test {
  private static final int SIZE = (1 << 20) + 17;

  @TempDir Path folder;
  private DiscardingS3 server;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    server = DiscardingS3.start(folder);
    KeyStore store = KeyStore.getInstance("JKS");
    try (InputStream in = Files.newInputStream(server.trustStore())) {
      store.load(in, "changeit".toCharArray());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    client =
        HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private URI uri(String scheme, String rest) {
    return (scheme.equals("http") ? server.httpUri() : server.httpsUri()).resolve(rest);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void countsAnObjectInParts(String scheme) throws Exception {
    HttpResponse<String> created =
        send(HttpRequest.newBuilder(uri(scheme, "/b/k?uploads")).POST(BodyPublishers.noBody()));
    assertThat(created.body()).contains("<UploadId>upload-1</UploadId>");

    for (int part = 1; part <= 3; part++) {
      HttpResponse<String> stored =
          send(
              HttpRequest.newBuilder(uri(scheme, "/b/k?partNumber=" + part + "&uploadId=upload-1"))
                  .header("x-amz-checksum-crc32", "AAAAAA==")
                  .expectContinue(part == 2)
                  .PUT(BodyPublishers.ofByteArray(new byte[SIZE])));
      assertThat(stored.statusCode()).isEqualTo(200);
      assertThat(stored.headers().firstValue("x-amz-checksum-crc32")).contains("AAAAAA==");
      assertThat(stored.headers().firstValue("ETag")).isPresent();
    }
    assertThat(send(HttpRequest.newBuilder(uri(scheme, "/b/k?uploadId=upload-1"))).body())
        .contains("<PartNumber>3</PartNumber>", "<Size>" + SIZE + "</Size>");

    HttpResponse<String> completed =
        send(
            HttpRequest.newBuilder(uri(scheme, "/b/k?uploadId=upload-1"))
                .header("x-amz-checksum-crc32", "BBBBBB==")
                .POST(BodyPublishers.ofString("<CompleteMultipartUpload/>")));
    assertThat(completed.body()).contains("<ChecksumCRC32>BBBBBB==</ChecksumCRC32>", "FULL_OBJECT");
    assertThat(server.take()).isEqualTo(new Tally(6, 3, 1, 3L * SIZE, Map.of(3L * SIZE, 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void countsChunksByWhatIsInThem(String scheme) throws Exception {
    String body = "a\r\n0123456789\r\n0\r\nx-amz-checksum-crc32:AbCdEf==\r\n\r\n";
    HttpResponse<String> stored =
        send(
            HttpRequest.newBuilder(uri(scheme, "/b/k"))
                .header("content-encoding", "aws-chunked")
                .header("x-amz-decoded-content-length", "10")
                .header("x-amz-trailer", "x-amz-checksum-crc32")
                .PUT(BodyPublishers.ofString(body)));

    assertThat(stored.headers().firstValue("x-amz-checksum-crc32")).contains("AbCdEf==");
    assertThat(server.take().sizes()).isEqualTo(Map.of(10L, 1));

    // no length announced: chunks of HTTP
    byte[] content = new byte[SIZE];
    send(
        HttpRequest.newBuilder(uri(scheme, "/b/k"))
            .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content))));
    assertThat(server.take().sizes()).isEqualTo(Map.of((long) SIZE, 1));
  }

  @Test
  void tellsOfAnObjectByHead() throws Exception {
    send(HttpRequest.newBuilder(uri("http", "/b/k")).PUT(BodyPublishers.ofByteArray(new byte[5])));
    HttpRequest.Builder head =
        HttpRequest.newBuilder(uri("http", "/b/k")).method("HEAD", BodyPublishers.noBody());

    assertThat(send(head).headers().firstValueAsLong("Content-Length")).hasValue(5);

    assertThat(send(HttpRequest.newBuilder(uri("http", "/b/k")).DELETE()).statusCode())
        .isEqualTo(204);
    assertThat(send(head).statusCode()).isEqualTo(404);
  }

  @Test
  void knowsNoUploadThatWasAborted() throws Exception {
    send(HttpRequest.newBuilder(uri("http", "/b/k?uploads")).POST(BodyPublishers.noBody()));
    HttpRequest.Builder abort =
        HttpRequest.newBuilder(uri("http", "/b/k?uploadId=upload-1")).DELETE();

    assertThat(send(abort).statusCode()).isEqualTo(204);
    assertThat(send(abort).body()).contains("NoSuchUpload");
  }

  @Test
  void countsNoBodyThatIsCutShort() throws Exception {
    try (Socket socket = new Socket(server.httpUri().getHost(), server.httpUri().getPort())) {
      socket
          .getOutputStream()
          .write(
              "PUT /b/k HTTP/1.1\r\nContent-Length: 10\r\n\r\n12345"
                  .getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(server.take().objects()).isZero();
  }
}
