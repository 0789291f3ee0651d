package io.github.reelbeam.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsFrontTest {
  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final TlsFront front = TlsFront.start(s3.endpoint());

  @AfterEach
  void close() {
    front.close();
    s3.close();
  }

  /** A client of its own each time: sessions are resumed without another look at certificates. */
  private int statusOf(URI server) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().sslContext(front.clientSslContext()).build();
    return client
        .send(
            HttpRequest.newBuilder(server.resolve("/videos/x")).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void speaksTlsForAnHttpServer() throws Exception {
    assertThat(statusOf(front.uri())).isEqualTo(403);
    assertThat(front.bytesReceived()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void showsACertificateThatNobodyAccepts(CertificateFlaw flaw) throws Exception {
    front.show(flaw);
    assertThatThrownBy(() -> statusOf(front.uri())).isInstanceOf(IOException.class);
    assertThat(front.bytesReceived()).isZero();
    assertThat(front.connections()).isPositive();
    front.show(CertificateFlaw.NONE);
    assertThat(statusOf(front.uri())).isEqualTo(403);
  }
}
