package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.VideoSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Makes the transfer manager's requests ours: gives each part its checksum and a body that is read
 * on the thread that sends it, reports what happens, and hides from a resumed run the stored parts
 * that are not what they should be, so that they are sent again.
 */
final class RunInterceptor implements ExecutionInterceptor {
  /** Put on answers, so that a failure tells the {@link PartRetryStrategy} whose it is. */
  static final String PART_NUMBER = "x-reelbeam-part-number";

  private final VideoSource source;
  private final PartPlan plan;
  private final @Nullable PartChecksums checksums;
  private final SliceBuffers buffers;
  private final TransferObserver observer;
  private final UsedSecrets secrets;
  // null: all that the store lists
  private volatile @Nullable Set<Integer> kept;

  RunInterceptor(
      VideoSource source,
      PartPlan plan,
      @Nullable PartChecksums checksums,
      SliceBuffers buffers,
      TransferObserver observer,
      UsedSecrets secrets) {
    this.source = source;
    this.plan = plan;
    this.checksums = checksums;
    this.buffers = buffers;
    this.observer = observer;
    this.secrets = secrets;
  }

  /** Which stored parts the run builds on; all of them until this is called. */
  void keep(Set<Integer> partNumbers) {
    kept = Set.copyOf(partNumbers);
  }

  @Override
  public SdkRequest modifyRequest(
      Context.ModifyRequest context, ExecutionAttributes executionAttributes) {
    SdkRequest request = context.request();
    if (request instanceof CompleteMultipartUploadRequest complete) {
      observe(observer::beforeComplete);
      return checksums == null ? request : withChecksums(complete, checksums);
    }
    if (request instanceof PutObjectRequest put) {
      observe(observer::beforeComplete);
      return checksums == null
          ? request
          : put.toBuilder().checksumCRC32(checksum(checksums, 1)).build();
    }
    if (checksums == null) {
      return request;
    }
    if (request instanceof CreateMultipartUploadRequest create) {
      // the checksum of the whole, not of the parts' checksums: anybody can compute it again
      return create.toBuilder()
          .checksumAlgorithm(ChecksumAlgorithm.CRC32)
          .checksumType(ChecksumType.FULL_OBJECT)
          .build();
    }
    if (request instanceof UploadPartRequest part) {
      return part.toBuilder().checksumCRC32(checksum(checksums, part.partNumber())).build();
    }
    return request;
  }

  /** Adds the checksum of the whole, and those of parts that the store did not list with theirs. */
  private static SdkRequest withChecksums(
      CompleteMultipartUploadRequest complete, PartChecksums checksums) {
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (CompletedPart part : complete.multipartUpload().parts()) {
        String checksum = checksums.base64(part.partNumber());
        parts.add(part.toBuilder().checksumCRC32(checksum).build());
      }
      return complete.toBuilder()
          .multipartUpload(upload -> upload.parts(parts))
          .checksumCRC32(checksums.wholeBase64())
          .checksumType(ChecksumType.FULL_OBJECT)
          .build();
    } catch (SourceReadException e) {
      throw new UncheckedSourceException(e);
    }
  }

  private static String checksum(PartChecksums checksums, int partNumber) {
    try {
      return checksums.base64(partNumber);
    } catch (SourceReadException e) {
      throw new UncheckedSourceException(e);
    }
  }

  @Override
  public Optional<AsyncRequestBody> modifyAsyncHttpContent(
      Context.ModifyHttpRequest context, ExecutionAttributes executionAttributes) {
    int part = partOf(context.request());
    return part == 0
        ? context.asyncRequestBody()
        : Optional.of(new PartBody(source, plan, part, buffers, observer));
  }

  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes executionAttributes) {
    int part = partOf(context.request());
    SdkHttpResponse.Builder answer = context.httpResponse().toBuilder();
    // the store has no say in it
    answer.removeHeader(PART_NUMBER);
    if (part != 0 && !context.httpResponse().isSuccessful()) {
      answer.putHeader(PART_NUMBER, Integer.toString(part));
    }
    return answer.build();
  }

  @Override
  public SdkResponse modifyResponse(
      Context.ModifyResponse context, ExecutionAttributes executionAttributes) {
    if (context.response() instanceof ListPartsResponse listed
        && context.request() instanceof ListPartsRequest asked) {
      return wanted(AnswerRules.page(asked.partNumberMarker(), listed));
    }
    return context.response();
  }

  private ListPartsResponse wanted(ListPartsResponse page) {
    Set<Integer> wanted = kept;
    if (wanted == null) {
      return page;
    }
    List<Part> usable =
        page.parts().stream()
            .filter(part -> wanted.contains(part.partNumber()))
            .collect(Collectors.toList());
    return page.toBuilder().parts(usable).build();
  }

  /** Whatever the store said goes to the app, its log and the journal. */
  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes executionAttributes) {
    return secrets.without(context.exception());
  }

  /**
   * Tells of what is stored while its request still counts as under way: once a {@link
   * RunHttpClient} is quiet, everything has been told.
   */
  @Override
  public void afterUnmarshalling(
      Context.AfterUnmarshalling context, ExecutionAttributes executionAttributes) {
    if (context.response() instanceof CreateMultipartUploadResponse opened) {
      String id = AnswerRules.uploadId(opened);
      observe(() -> observer.multipartOpened(id));
    } else if (context.request() instanceof UploadPartRequest part) {
      int number = part.partNumber();
      String crc32 = checksums == null ? null : checksum(checksums, number);
      observer.partCommitted(number, plan.size(number), crc32);
    }
  }

  private static void observe(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      throw new ObserverStop(e);
    }
  }

  /** The part a request sends; 0 if it sends none. */
  private static int partOf(SdkRequest request) {
    if (request instanceof UploadPartRequest part) {
      return part.partNumber();
    }
    return request instanceof PutObjectRequest ? 1 : 0;
  }

  /** Carries a {@link SourceReadException} out of the SDK's interceptors. */
  private static final class UncheckedSourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UncheckedSourceException(SourceReadException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
