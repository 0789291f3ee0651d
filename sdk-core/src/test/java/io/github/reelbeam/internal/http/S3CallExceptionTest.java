package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class S3CallExceptionTest {
  @Test
  void namesTheRequestAndThePartButNoSecret() {
    IOException cause = new IOException("connection reset");
    SdkHttpRequest request =
        request("partNumber=7&uploadId=u&X-Amz-Security-Token=SECRET")
            .putHeader("Authorization", "SECRET")
            .build();

    S3CallException e = S3CallException.failed(request, cause);

    assertThat(e).hasMessage("PUT /bucket/key (part 7): connection reset").hasCause(cause);
    assertThat(e.method()).isEqualTo("PUT");
    assertThat(e.path()).isEqualTo("/bucket/key");
    assertThat(e.toString()).doesNotContain("SECRET");
  }

  @ParameterizedTest
  @CsvSource({
    "partNumber=1,1",
    "partNumber=10000,10000",
    "partNumber=0,0",
    "partNumber=x,0",
    "partNumber=,0",
    "uploads,0"
  })
  void knowsAPartNumberWhereThereIsOne(String query, int part) {
    OptionalInt expected = part == 0 ? OptionalInt.empty() : OptionalInt.of(part);

    assertThat(S3CallException.failed(request(query).build(), new IOException()).partNumber())
        .isEqualTo(expected);
  }

  static Stream<Arguments> causes() {
    return Stream.of(
        Arguments.of(
            new SocketTimeoutException("timeout"), "no byte moved within the stall timeout"),
        Arguments.of(new UnknownHostException("s3"), "the host name could not be resolved"),
        Arguments.of(new ConnectException("refused"), "no connection could be opened"),
        Arguments.of(new SSLHandshakeException("PKIX"), "the TLS connection failed"),
        Arguments.of(new IOException(), "the connection failed"));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void saysWhatHappenedInPlainWords(IOException cause, String words) {
    assertThat(S3CallException.failed(request("uploads").build(), cause))
        .hasMessage("PUT /bucket/key: " + words);
  }

  @Test
  void namesTheHostWhoseCertificateIsWrong() {
    IOException cause = new SSLHandshakeException("PKIX path validation failed");
    cause.initCause(new CertificateExpiredException());

    assertThat(S3CallException.failed(request("uploads").build(), cause))
        .hasMessage(
            "PUT /bucket/key: the certificate of s3.example.com has expired, or this device's"
                + " clock is wrong");
  }

  @Test
  void saysThatTheRequestWasCancelledWhateverTheSocketSays() {
    assertThat(
            S3CallException.cancelled(request("uploads").build(), new IOException("Socket closed")))
        .hasMessage("PUT /bucket/key: it was cancelled");
  }

  private static SdkHttpRequest.Builder request(String query) {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.PUT)
        .uri(URI.create("https://s3.example.com/bucket/key?" + query));
  }
}
