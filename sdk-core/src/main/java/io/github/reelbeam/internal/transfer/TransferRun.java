package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.VideoAsset.Checksum;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Stored;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.transfer.s3.S3TransferManager;
import software.amazon.awssdk.transfer.s3.model.CompletedFileUpload;
import software.amazon.awssdk.transfer.s3.model.FileUpload;
import software.amazon.awssdk.transfer.s3.model.ResumableFileUpload;
import software.amazon.awssdk.transfer.s3.model.UploadFileRequest;

/**
 * One S3TransferManager at work on one upload, from start or resume until it completes, fails or is
 * stopped. However it ends, what S3 has confirmed stays there.
 */
public final class TransferRun {
  private final TransferOrder order;
  private final PooledClient client;
  private final ClientPool clients;
  private final RunHttpClient http;
  private final RunInterceptor interceptor;
  private final @Nullable PartChecksums checksums;
  private final TransferObserver observer;
  private final UsedSecrets secrets;
  private final Executor workers;
  private final CompletableFuture<Stored> result = new CompletableFuture<>();
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();

  private @Nullable FileUpload upload;
  private boolean stopped;

  TransferRun(
      TransferOrder order,
      PooledClient client,
      ClientPool clients,
      RunHttpClient http,
      RunInterceptor interceptor,
      @Nullable PartChecksums checksums,
      TransferObserver observer,
      UsedSecrets secrets,
      Executor workers) {
    this.order = order;
    this.client = client;
    this.clients = clients;
    this.http = http;
    this.interceptor = interceptor;
    this.checksums = checksums;
    this.observer = observer;
    this.secrets = secrets;
    this.workers = workers;
  }

  void begin() {
    workers.execute(
        () -> {
          try {
            transfer();
          } catch (Throwable e) {
            // an Error too: whoever waits for the result waits for ever otherwise
            end(null, e);
          }
        });
  }

  /** Completes with what S3 confirmed, or exceptionally with a {@link TransferFailure}. */
  public CompletableFuture<Stored> result() {
    return result;
  }

  /**
   * Sends nothing new, and lets the parts in flight end.
   *
   * @return completes once nothing of this run is on the network any more
   */
  public CompletableFuture<Void> drain() {
    return http.drain();
  }

  /**
   * Sends nothing new.
   *
   * @return completes once no answer is outstanding that would name a multipart upload; the
   *     observer has heard of it by then
   */
  public CompletableFuture<Void> opening() {
    return http.opening();
  }

  /**
   * Drops the parts in flight and ends the run.
   *
   * @return completes once nothing of this run is on the network any more
   */
  public CompletableFuture<Void> stop() {
    FileUpload running;
    synchronized (this) {
      stopped = true;
      running = upload;
    }
    stopping.complete(null);
    if (running != null) {
      running.completionFuture().cancel(true);
    }
    return http.stop();
  }

  private void transfer() throws SourceReadException {
    StoredParts stored = storedParts();
    interceptor.keep(stored.parts().keySet());
    observer.resumed(stored.parts());
    StandInFile file = StandInFile.of(order.source(), order.plan().length());
    try {
      CompletableFuture<CompletedFileUpload> completion;
      synchronized (this) {
        if (stopped) {
          throw new StoppedRun();
        }
        upload = start(client.manager(), file.path(), stored);
        completion = upload.completionFuture();
      }
      var unused =
          completion.whenComplete(
              (done, failure) -> {
                file.close();
                end(done, failure);
              });
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** S3 is the truth on parts: what it lists, on every page, is what is stored. */
  private StoredParts storedParts() throws SourceReadException {
    List<StoredParts.Listed> listed = new ArrayList<>();
    String multipartUploadId = order.multipartUploadId();
    if (multipartUploadId != null) {
      await(
          client
              .s3()
              .listPartsPaginator(
                  list ->
                      list.bucket(order.target().bucket())
                          .key(order.target().key())
                          .uploadId(multipartUploadId))
              .parts()
              .subscribe(
                  part ->
                      listed.add(
                          new StoredParts.Listed(part.partNumber(), part.size(), crc32Of(part)))));
    }
    PartChecksums local = checksums;
    return StoredParts.reconcile(order.plan(), listed, local == null ? null : local::base64);
  }

  /**
   * Waits, unless the run is stopped: a repetition that the SDK has put off when the uploader is
   * closed never comes, and neither does its end.
   */
  private void await(CompletableFuture<Void> listing) {
    CompletableFuture.anyOf(listing, stopping).join();
    if (!listing.isDone()) {
      throw new StoppedRun();
    }
    listing.join();
  }

  /** Not every store lists checksums. */
  private @Nullable String crc32Of(Part part) {
    return part.checksumCRC32() != null
        ? part.checksumCRC32()
        : order.confirmed().get(part.partNumber());
  }

  private FileUpload start(S3TransferManager manager, Path file, StoredParts stored) {
    UploadFileRequest request =
        UploadFileRequest.builder().source(file).putObjectRequest(putObject()).build();
    if (order.multipartUploadId() == null || order.plan().isSinglePut()) {
      return manager.uploadFile(request);
    }
    File asManagerSeesIt = file.toFile();
    return manager.resumeUploadFile(
        ResumableFileUpload.builder()
            .uploadFileRequest(request)
            .fileLength(asManagerSeesIt.length())
            // whole milliseconds: with a finer time the manager takes the file for another one
            // and starts over
            .fileLastModified(Instant.ofEpochMilli(asManagerSeesIt.lastModified()))
            .multipartUploadId(order.multipartUploadId())
            .partSizeInBytes(order.plan().partSize())
            .totalParts((long) order.plan().count())
            .transferredParts((long) stored.parts().size())
            .build());
  }

  private PutObjectRequest putObject() {
    Target target = order.target();
    ObjectProperties object = order.object();
    PutObjectRequest.Builder put =
        PutObjectRequest.builder()
            .bucket(target.bucket())
            .key(target.key())
            .contentType(object.contentType())
            .metadata(object.metadata());
    if (object.storageClass() != null) {
      put.storageClass(object.storageClass());
    }
    if (object.encryption() != null) {
      put.serverSideEncryption(object.encryption().algorithm());
      object.encryption().keyId().ifPresent(put::ssekmsKeyId);
    }
    return put.build();
  }

  private void end(@Nullable CompletedFileUpload done, @Nullable Throwable failure) {
    boolean succeeded = false;
    try {
      if (done != null) {
        result.complete(stored(done.response()));
        succeeded = true;
      } else if (failure != null) {
        result.completeExceptionally(failure(failure, secrets));
      }
    } catch (Throwable e) {
      result.completeExceptionally(failure(e, secrets));
    } finally {
      letGo(succeeded);
    }
  }

  /**
   * Only after a success is nothing more to come on the client: a run that ended otherwise may have
   * requests that wait for another attempt. Of a directory bucket the client itself has
   * credentials.
   */
  private void letGo(boolean succeeded) {
    if (succeeded && !AwsEndpoint.isElsewhere(order.target().bucket())) {
      var unused = http.drain().thenRun(() -> elsewhere(() -> clients.giveBack(client)));
    } else {
      elsewhere(client::close);
    }
  }

  /** On another thread: this may be one that the client itself waits for. */
  private void elsewhere(Runnable task) {
    try {
      workers.execute(task);
    } catch (RejectedExecutionException e) {
      // a straggler of an uploader that is closed by now
      task.run();
    }
  }

  private Stored stored(PutObjectResponse answer) throws SourceReadException {
    String eTag = AnswerRules.eTag(answer.eTag());
    PartChecksums local = checksums;
    if (local == null) {
      return new Stored(eTag, null, true);
    }
    String told = answer.checksumCRC32();
    if (told != null && !told.equals(local.wholeBase64()) && !told.equals(local.composite())) {
      throw new CorruptObjectException(
          "the store says that the object's CRC32 is "
              + told
              + ", but the source's is "
              + local.wholeBase64());
    }
    return new Stored(eTag, local.whole(), true);
  }

  /**
   * What is known of the object if the store made it out of the parts unseen. Reads the source for
   * its checksum, if the transfer has one.
   *
   * @throws TransferFailure if the source cannot be read
   */
  public static Stored unconfirmed(TransferOrder order) throws TransferFailure {
    try {
      Checksum whole =
          order.checksummed()
              ? new PartChecksums(order.source(), order.plan(), new SliceBuffers()).whole()
              : null;
      return new Stored("", whole, false);
    } catch (SourceReadException e) {
      throw failure(e, new UsedSecrets());
    }
  }

  static TransferFailure failure(Throwable failure, UsedSecrets secrets) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new TransferFailure(
        FailureClassifier.kindOf(cause),
        secrets.words(cause),
        FailureClassifier.requestId(cause),
        cause);
  }

  /** The run was stopped before the manager began. */
  private static final class StoppedRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedRun() {
      super("stopped");
    }
  }
}
