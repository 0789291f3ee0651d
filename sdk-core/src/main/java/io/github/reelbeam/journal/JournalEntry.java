package io.github.reelbeam.journal;

import io.github.reelbeam.PendingUpload;
import io.github.reelbeam.ServerSideEncryption;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that must survive the process to go on with one upload. It holds no secret: no key, no
 * session token, no authorization header.
 *
 * @param id the upload
 * @param state the stage reached: {@link UploadState#REQUESTED} to {@link UploadState#STORED}; or
 *     {@link UploadState#CANCELLED} from the moment it is to be discarded until that is done
 * @param backend which backend it belongs to
 * @param source how to find the same bytes again
 * @param object what the object is to be like
 * @param target where it goes; null before the grant
 * @param transfer how it is cut into parts; null before the transfer
 * @param stored what S3 confirmed; null before that
 * @param lastError what the upload failed with last, or null
 * @param createdAt when the upload was begun
 * @param updatedAt when this entry was made
 */
public record JournalEntry(
    UploadId id,
    UploadState state,
    String backend,
    Source source,
    ObjectProperties object,
    @Nullable Target target,
    @Nullable Transfer transfer,
    @Nullable Stored stored,
    @Nullable String lastError,
    Instant createdAt,
    Instant updatedAt) {

  /** Returns the entry of an upload that has just been asked for. */
  public static JournalEntry requested(
      UploadId id, String backend, Source source, ObjectProperties object, Instant now) {
    return new JournalEntry(
        id, UploadState.REQUESTED, backend, source, object, null, null, null, null, now, now);
  }

  /** Returns the entry at {@link UploadState#REQUESTED} again: its grant is worth nothing now. */
  public JournalEntry requestedAgain(Instant now) {
    return new JournalEntry(
        id, UploadState.REQUESTED, backend, source, object, null, null, null, null, createdAt, now);
  }

  /**
   * Returns the entry at {@link UploadState#GRANTED}, with all that belonged to an earlier grant
   * gone.
   */
  public JournalEntry granted(Target place, Instant now) {
    return new JournalEntry(
        id, UploadState.GRANTED, backend, source, object, place, null, null, null, createdAt, now);
  }

  /** Returns the entry at {@link UploadState#TRANSFERRING}. */
  public JournalEntry transferring(Transfer progress, Instant now) {
    return new JournalEntry(
        id,
        UploadState.TRANSFERRING,
        backend,
        source,
        object,
        target,
        progress,
        null,
        null,
        createdAt,
        now);
  }

  /** Returns the entry at {@link UploadState#STORED}. */
  public JournalEntry stored(Stored result, Instant now) {
    return new JournalEntry(
        id,
        UploadState.STORED,
        backend,
        source,
        object,
        target,
        transfer,
        result,
        null,
        createdAt,
        now);
  }

  /** Returns the entry of an upload that is being discarded: it will never be gone on with. */
  public JournalEntry discarding(Instant now) {
    return new JournalEntry(
        id,
        UploadState.CANCELLED,
        backend,
        source,
        object,
        target,
        transfer,
        stored,
        lastError,
        createdAt,
        now);
  }

  /** Returns the entry with another renewal token. */
  public JournalEntry renewed(@Nullable String renewalToken, Instant now) {
    return new JournalEntry(
        id,
        state,
        backend,
        source,
        object,
        target == null ? null : target.withRenewalToken(renewalToken),
        transfer,
        stored,
        lastError,
        createdAt,
        now);
  }

  /** Returns the entry with what the upload failed with. */
  public JournalEntry failed(String error, Instant now) {
    return new JournalEntry(
        id, state, backend, source, object, target, transfer, stored, error, createdAt, now);
  }

  /** Returns what the app sees of the entry. */
  public PendingUpload toPending() {
    return new PendingUpload(
        id,
        lastError == null ? state : UploadState.FAILED,
        source.reference(),
        source.fileName(),
        source.size(),
        lastError,
        createdAt,
        updatedAt);
  }

  /**
   * How to find the same bytes again, and to tell whether they are the same.
   *
   * @param reference where they are
   * @param fileName the name told to the backend
   * @param size bytes
   * @param lastModified when they were last changed
   * @param digest a digest over size and samples of the content, in hexadecimal
   */
  public record Source(
      String reference, String fileName, long size, Instant lastModified, String digest) {}

  /**
   * What the object is to be like.
   *
   * @param contentType the media type
   * @param metadata the user metadata
   * @param storageClass the storage class, or null for the bucket's default
   * @param encryption the encryption at rest, or null for the bucket's default
   */
  public record ObjectProperties(
      String contentType,
      Map<String, String> metadata,
      @Nullable String storageClass,
      @Nullable ServerSideEncryption encryption) {

    /** Copies the metadata. */
    public ObjectProperties {
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * Where the object goes.
   *
   * @param bucket the bucket
   * @param key the key
   * @param region the region
   * @param endpoint the store's URL, or null for AWS
   * @param pathStyleAccess whether the bucket goes into the path
   * @param renewalToken what the backend wants to see at a renewal, or null; it opens nothing
   *     without the app's own authorization
   */
  public record Target(
      String bucket,
      String key,
      String region,
      @Nullable URI endpoint,
      boolean pathStyleAccess,
      @Nullable String renewalToken) {

    /** Returns the target with another renewal token. */
    public Target withRenewalToken(@Nullable String token) {
      return new Target(bucket, key, region, endpoint, pathStyleAccess, token);
    }

    /** Shows where it goes; the renewal token is left out. */
    @Override
    public String toString() {
      return "Target[" + bucket + "/" + key + ", " + region + "]";
    }
  }

  /**
   * How the object is cut into parts; fixed for the upload's life.
   *
   * @param partSize bytes in every part but the last
   * @param multipartUploadId the store's name for the multipart upload; null before it is open, and
   *     for an object that goes in one piece
   * @param checksummed whether parts and object carry a CRC32
   * @param completing whether the request that makes the object out of the parts may have been
   *     sent: if the store does not know the multipart upload any more, the object may be there
   * @param confirmed the CRC32 in Base64 of parts that S3 has confirmed, by part number; some may
   *     be missing, as they are not written one by one
   */
  public record Transfer(
      long partSize,
      @Nullable String multipartUploadId,
      boolean checksummed,
      boolean completing,
      Map<Integer, String> confirmed) {

    /** Copies the checksums. */
    public Transfer {
      confirmed = Map.copyOf(confirmed);
    }

    /** Returns the plan of a transfer of which nothing has been sent. */
    public static Transfer planned(long partSize, boolean checksummed) {
      return new Transfer(partSize, null, checksummed, false, Map.of());
    }

    /** Returns the same with an open multipart upload. */
    public Transfer opened(String uploadId) {
      return new Transfer(partSize, uploadId, checksummed, false, Map.of());
    }

    /** Returns the same with the parts confirmed so far. */
    public Transfer withConfirmed(Map<Integer, String> checksums) {
      return new Transfer(partSize, multipartUploadId, checksummed, completing, checksums);
    }

    /** Returns the same, about to be completed. */
    public Transfer aboutToComplete() {
      return new Transfer(partSize, multipartUploadId, checksummed, true, confirmed);
    }
  }

  /**
   * What S3 confirmed.
   *
   * @param eTag the object's ETag without quotes; empty if the store gave none
   * @param checksum the checksum of the whole object, or null
   * @param confirmed false if the store may have completed the upload unseen
   */
  public record Stored(String eTag, VideoAsset.@Nullable Checksum checksum, boolean confirmed) {}
}
