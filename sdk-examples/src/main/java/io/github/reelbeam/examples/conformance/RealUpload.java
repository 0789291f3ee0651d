package io.github.reelbeam.examples.conformance;

import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.notify.AssetNotifier;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The upload as every client makes it, by the uploader itself with the grant in hand; only that
 * nobody is told.
 */
final class RealUpload {
  private static final long MIB = 1L << 20;
  private static final long LONGEST_MINUTES = 30;

  private RealUpload() {}

  /** In parts of 5 MiB. */
  static VideoAsset inParts(Target target, UploadGrant grant, String fileName)
      throws IOException, InterruptedException {
    return of(target, grant, fileName, TransferOptions.MIN_PART_SIZE);
  }

  /** By a single PUT: the part is as large as the file. */
  static VideoAsset whole(Target target, UploadGrant grant, String fileName)
      throws IOException, InterruptedException {
    long mebibytes = Files.size(target.video()) / MIB + 1;
    return of(target, grant, fileName, mebibytes * MIB);
  }

  /**
   * Uploads the target's video.
   *
   * @throws IOException if that did not succeed; the message holds no secret
   */
  private static VideoAsset of(Target target, UploadGrant grant, String fileName, long partSize)
      throws IOException, InterruptedException {
    // a refusal is told soon: this is no upload that somebody wants to save
    RetryPolicy impatient =
        RetryPolicy.builder().maxAttempts(3).giveUpAfter(target.timeout()).build();
    try (VideoUploader uploader =
        VideoUploader.builder()
            .credentialsFetcher(CredentialsFetcher.of(grant))
            .assetNotifier(AssetNotifier.none())
            .journal(UploadJournal.inMemory())
            // the backend under test may be anywhere, and its URL was typed in by its author
            .allowCleartext()
            .transferOptions(
                TransferOptions.builder().partSize(partSize).retryPolicy(impatient).build())
            .build()) {
      return uploader
          .upload(
              UploadRequest.builder(target.video())
                  .fileName(fileName)
                  .contentType(target.contentType())
                  .metadata("checked-by", "reelbeam")
                  .build())
          .completion()
          .get(LONGEST_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException e) {
      throw new IOException("not done after " + LONGEST_MINUTES + " minutes", e);
    }
  }
}
