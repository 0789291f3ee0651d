package io.github.reelbeam.testservers;

import com.google.common.base.Throwables;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.S3ProxyHandler;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Puts S3Proxy's request handler behind the checks that S3Proxy has no place for: its locator sees
 * no headers, and its own server takes no filter.
 */
final class S3Servlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final long LARGEST_SINGLE_PUT = 5L << 30;
  private static final long LARGEST_SIGNED_BODY = 128L << 20;
  private static final int LARGEST_CHUNK = 16 << 20;
  private static final int CLOCK_SKEW_SECONDS = 900;

  // Where S3Proxy keeps what CreateMultipartUpload said, until Complete or Abort.
  static final String UPLOAD_RECORD = ".s3proxy-mpu-stub-";

  private final transient BlobStore store;
  private final transient String bucket;
  private final transient KeyRing keys;
  private final transient Handler handler;

  S3Servlet(BlobStore store, String bucket, KeyRing keys) {
    this.store = store;
    this.bucket = bucket;
    this.keys = keys;
    this.handler = new Handler(store);
    handler.setBlobStoreLocator(keys);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Opening the body answers "100 Continue", so a client that asks first is refused before.
    boolean bodyIsComing = request.getHeader("Expect") == null;
    try {
      SignedRequest signed = SignedRequest.of(request);
      keys.check(signed);
      checkUploadIsOpen(signed);
      bodyIsComing = true;
      handler.doHandle(request, request, response, request.getInputStream(), null);
    } catch (IOException | RuntimeException failure) {
      AwsServiceException refusal = refusalIn(failure).orElse(null);
      if (refusal == null) {
        throw failure;
      }
      if (bodyIsComing) {
        readOut(request.getInputStream());
      }
      handler.refuse(request, response, refusal);
    }
  }

  /**
   * S3Proxy would store the part of an upload that is aborted or completed, where no listing shows
   * it, and would answer with an empty list of its parts.
   */
  private void checkUploadIsOpen(SignedRequest signed) {
    if (signed.needsOpenUpload() && !store.blobExists(bucket, UPLOAD_RECORD + signed.uploadId())) {
      throw S3Refusal.NO_SUCH_UPLOAD.exception();
    }
  }

  // A checksum that does not match is found while the body is read, and arrives wrapped.
  private static Optional<AwsServiceException> refusalIn(Throwable failure) {
    return Throwables.getCausalChain(failure).stream()
        .filter(AwsServiceException.class::isInstance)
        .map(AwsServiceException.class::cast)
        .findFirst();
  }

  /**
   * Takes the rest of the body before the refusal is sent. Closing on a client that is still
   * sending resets the connection, and whether the client has read the answer by then is chance.
   */
  private static void readOut(InputStream body) throws IOException {
    body.transferTo(OutputStream.nullOutputStream());
  }

  /** Opens up the error documents, which S3Proxy keeps for its subclasses. */
  private static final class Handler extends S3ProxyHandler {

    Handler(BlobStore store) {
      super(
          store,
          AuthenticationType.AWS_V4,
          // The key ring replaces this identity before the first request.
          "",
          "",
          null,
          LARGEST_SINGLE_PUT,
          LARGEST_SIGNED_BODY,
          LARGEST_CHUNK,
          // x-amz-security-token is one of the headers that it does not know.
          /* ignoreUnknownHeaders= */ true,
          null,
          null,
          CLOCK_SKEW_SECONDS);
    }

    void refuse(
        HttpServletRequest request, HttpServletResponse response, AwsServiceException refusal)
        throws IOException {
      var details = refusal.awsErrorDetails();
      String code = details == null ? null : details.errorCode();
      String message = details == null ? null : details.errorMessage();
      sendSimpleErrorResponse(
          request,
          response,
          code == null ? codeFor(refusal.statusCode()) : code,
          refusal.statusCode(),
          message == null ? "" : message,
          Map.of());
    }

    // The store reports some refusals with a status only.
    private static String codeFor(int status) {
      return switch (status) {
        case 400 -> "BadDigest";
        case 403 -> "AccessDenied";
        case 404 -> "NoSuchKey";
        case 405 -> "MethodNotAllowed";
        case 412 -> "PreconditionFailed";
        case 416 -> "InvalidRange";
        default -> "InternalError";
      };
    }
  }
}
