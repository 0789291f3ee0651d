package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.internal.text.OneLine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Notes each request to the store: a line in the log, and a word to the observer. Of URL, headers
 * and body only what is known to be no secret is told.
 */
final class RequestLog {
  private static final Logger log = LoggerFactory.getLogger(Loggers.HTTP);
  private static final int LONGEST_ID = 200;

  private final TransferObserver observer;
  private final UsedSecrets secrets;
  private final LongSupplier nanoTime;
  private final UploadContext context;

  RequestLog(
      TransferObserver observer,
      UsedSecrets secrets,
      LongSupplier nanoTime,
      UploadContext context) {
    this.observer = observer;
    this.secrets = secrets;
    this.nanoTime = nanoTime;
    this.context = context;
  }

  /** A request that may wait for its turn. */
  Entry entry(SdkHttpRequest request) {
    return new Entry(operation(request), PartCall.partNumber(request));
  }

  /** What S3 calls it (Amazon S3 API reference, "Actions"). */
  static String operation(SdkHttpRequest request) {
    Map<String, ?> query = request.rawQueryParameters();
    boolean ofMultipart = query.containsKey("uploadId");
    return switch (request.method()) {
      case PUT -> query.containsKey("partNumber") ? "UploadPart" : "PutObject";
      case POST -> ofMultipart ? "CompleteMultipartUpload" : "CreateMultipartUpload";
      case GET -> ofMultipart ? "ListParts" : "GetObject";
      case DELETE -> ofMultipart ? "AbortMultipartUpload" : "DeleteObject";
      default -> request.method().name();
    };
  }

  /** One request. */
  final class Entry {
    private final String operation;
    private final int partNumber;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable Long sentAt;

    private Entry(String operation, int partNumber) {
      this.operation = operation;
      this.partNumber = partNumber;
    }

    /** It goes out. */
    void sent() {
      sentAt = nanoTime.getAsLong();
      observer.requestSent();
    }

    /**
     * It is over. That is said once, as an answer that was read to its end is over before its
     * request is; nothing is said of one that never went out.
     *
     * @param answer what the store said first; null if nothing
     * @param failure why there is no answer that can be used; null if there is one
     */
    void ended(@Nullable SdkHttpResponse answer, @Nullable Throwable failure) {
      Long began = sentAt;
      if (began == null || told.getAndSet(true)) {
        return;
      }
      StoreRequest request =
          new StoreRequest(
              operation,
              partNumber,
              answer == null ? 0 : answer.statusCode(),
              Duration.ofNanos(nanoTime.getAsLong() - began),
              id(answer, "x-amz-request-id"),
              id(answer, "x-amz-id-2"),
              failure == null ? null : secrets.words(failure));
      context.run(() -> say(request));
      observer.requestEnded(request);
    }

    private @Nullable String id(@Nullable SdkHttpResponse answer, String header) {
      return Optional.ofNullable(answer)
          .flatMap(a -> a.firstMatchingHeader(header))
          .map(id -> OneLine.of(secrets.without(id), LONGEST_ID))
          .orElse(null);
    }
  }

  private static void say(StoreRequest request) {
    log.debug(
        "{} part {}: {} in {} ms, request id {}, extended {}",
        request.operation(),
        request.partNumber(),
        request.failure() == null ? request.status() : request.failure(),
        request.took().toMillis(),
        request.requestId(),
        request.extendedRequestId());
  }
}
