package io.github.reelbeam.internal.http;

import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * A request to S3 that ended without a usable response.
 *
 * <p>It is an {@link IOException} with the original one as its cause, so that the SDK goes on to
 * classify it as it would the original. The message names the request but neither its query nor its
 * headers: both can carry credentials.
 */
public final class S3CallException extends IOException {
  @Serial private static final long serialVersionUID = 1L;
  private static final int NO_PART = 0; // S3 numbers parts from 1

  private final String method;
  private final String path;
  private final int partNumber;

  private S3CallException(
      String message, SdkHttpRequest request, int partNumber, IOException cause) {
    super(message, cause);
    this.method = request.method().name();
    this.path = request.encodedPath();
    this.partNumber = partNumber;
  }

  static S3CallException failed(SdkHttpRequest request, IOException cause) {
    String words = UntrustedServer.words(cause, request.host()).orElseGet(() -> words(cause));
    return create(request, words, cause);
  }

  /** An answer came, but not one that the store can have given. */
  public static S3CallException unusable(SdkHttpRequest request, String problem) {
    return create(request, problem, new IOException(problem));
  }

  static S3CallException cancelled(SdkHttpRequest request, IOException cause) {
    return create(request, "it was cancelled", cause);
  }

  private static S3CallException create(SdkHttpRequest request, String what, IOException cause) {
    int part = partNumberOf(request);
    String name = request.method() + " " + request.encodedPath();
    String message = (part == NO_PART ? name : name + " (part " + part + ")") + ": " + what;
    return new S3CallException(message, request, part, cause);
  }

  public String method() {
    return method;
  }

  /** The path as it was sent, percent-encoded. */
  public String path() {
    return path;
  }

  /** The part the request was about to store, if it was an UploadPart. */
  public OptionalInt partNumber() {
    return partNumber == NO_PART ? OptionalInt.empty() : OptionalInt.of(partNumber);
  }

  private static int partNumberOf(SdkHttpRequest request) {
    // Not firstMatchingRawQueryParameter: that fails on a parameter without a value.
    for (@Nullable String value : request.firstMatchingRawQueryParameters("partNumber")) {
      if (value != null && value.matches("[1-9][0-9]{0,4}")) {
        return Integer.parseInt(value);
      }
    }
    return NO_PART;
  }

  private static String words(IOException cause) {
    if (cause instanceof SocketTimeoutException) {
      return "no byte moved within the stall timeout";
    }
    if (cause instanceof UnknownHostException) {
      return "the host name could not be resolved";
    }
    if (cause instanceof ConnectException) {
      return "no connection could be opened";
    }
    if (cause instanceof SSLException) {
      return "the TLS connection failed";
    }
    @Nullable String said = cause.getMessage();
    return said == null ? "the connection failed" : said;
  }
}
