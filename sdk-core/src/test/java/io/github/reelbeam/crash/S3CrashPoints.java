package io.github.reelbeam.crash;

import java.util.Optional;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** A point around every request that changes the store: before its head, after its answer's. */
final class S3CrashPoints extends EventListener {
  static final String UPLOAD_PART = "S3 UploadPart ";
  static final String PUT_OBJECT = "S3 PutObject";

  private final CrashPoints points;

  S3CrashPoints(CrashPoints points) {
    this.points = points;
  }

  @Override
  public void requestHeadersStart(Call call) {
    effect(call.request()).ifPresent(points::before);
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    if (response.isSuccessful()) {
      effect(call.request()).ifPresent(points::after);
    }
  }

  /** Requests to the backend are POSTs without a query. */
  private static Optional<String> effect(Request request) {
    HttpUrl url = request.url();
    boolean ofUpload = url.queryParameterNames().contains("uploadId");
    return switch (request.method()) {
      case "POST" -> {
        if (url.queryParameterNames().contains("uploads")) {
          yield Optional.of("S3 CreateMultipartUpload");
        }
        yield ofUpload ? Optional.of("S3 CompleteMultipartUpload") : Optional.empty();
      }
      case "PUT" ->
          Optional.of(ofUpload ? UPLOAD_PART + url.queryParameter("partNumber") : PUT_OBJECT);
      case "DELETE" -> Optional.of("S3 AbortMultipartUpload");
      default -> Optional.empty();
    };
  }
}
