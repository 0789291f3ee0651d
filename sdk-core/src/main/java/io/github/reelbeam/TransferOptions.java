package io.github.reelbeam;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the bytes go to S3. The bounds of a part and the 10,000 parts of an upload are S3's <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">multipart upload
 * limits</a>.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class TransferOptions {
  /** The smallest part S3 takes, except for the last one: 5 MiB. */
  public static final long MIN_PART_SIZE = 5L << 20;

  /** The largest part S3 takes: 5 GiB. */
  public static final long MAX_PART_SIZE = 5L << 30;

  /** In place of a part size: it is chosen for each upload, see {@link Builder#partSize}. */
  public static final long AUTOMATIC = 0;

  private static final TransferOptions DEFAULTS = new Builder().build();

  private final long partSize;
  private final int parallelism;
  private final boolean adaptiveParallelism;
  private final int concurrentUploads;
  private final long rateLimit;
  private final Duration stallTimeout;
  private final ChecksumMode checksum;
  private final RetryPolicy retryPolicy;
  private final @Nullable URI endpoint;
  private final @Nullable Boolean pathStyleAccess;

  private TransferOptions(Builder builder) {
    this.partSize = builder.partSize;
    this.parallelism = builder.parallelism;
    this.adaptiveParallelism = builder.adaptiveParallelism;
    this.concurrentUploads = builder.concurrentUploads;
    this.rateLimit = builder.rateLimit;
    this.stallTimeout = builder.stallTimeout;
    this.checksum = builder.checksum;
    this.retryPolicy = builder.retryPolicy;
    this.endpoint = builder.endpoint;
    this.pathStyleAccess = builder.pathStyleAccess;
  }

  /** What guards the bytes on their way. */
  public enum ChecksumMode {
    /** A CRC32 for each part and for the whole object, which S3 compares with what it received. */
    CRC32,
    /** None, for stores that refuse checksum headers. */
    NONE
  }

  /** The defaults named at each setting of the {@link Builder}. */
  public static TransferOptions defaults() {
    return DEFAULTS;
  }

  /** Returns a builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that holds these values. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.partSize = partSize;
    builder.parallelism = parallelism;
    builder.adaptiveParallelism = adaptiveParallelism;
    builder.concurrentUploads = concurrentUploads;
    builder.rateLimit = rateLimit;
    builder.stallTimeout = stallTimeout;
    builder.checksum = checksum;
    builder.retryPolicy = retryPolicy;
    builder.endpoint = endpoint;
    builder.pathStyleAccess = pathStyleAccess;
    return builder;
  }

  /**
   * The wanted part size in bytes; larger files get larger parts, as S3 takes 10,000 at most.
   * {@link #AUTOMATIC} if it is chosen for each upload.
   */
  public long partSize() {
    return partSize;
  }

  /** How many parts are in flight at most, over all uploads of one {@link VideoUploader}. */
  public int parallelism() {
    return parallelism;
  }

  /** Whether it is found out how many parts in flight the network takes, up to that bound. */
  public boolean adaptiveParallelism() {
    return adaptiveParallelism;
  }

  /** How many uploads of one {@link VideoUploader} are at work at once; the others wait. */
  public int concurrentUploads() {
    return concurrentUploads;
  }

  /** The cap on the rate in bytes per second over all uploads together; 0 for none. */
  public long rateLimit() {
    return rateLimit;
  }

  /**
   * How long a part may send nothing, or wait for its answer, before it is tried again. On a slow
   * network the answer gets longer, since what was written is not sent yet: as long again as the
   * writing took, or as what lies in the buffers needs, but no more than four times this.
   */
  public Duration stallTimeout() {
    return stallTimeout;
  }

  /** What guards the bytes. */
  public ChecksumMode checksum() {
    return checksum;
  }

  /** How each part is retried. */
  public RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /** The endpoint to use whatever the grant says. */
  public Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  /** Whether the bucket goes into the path, whatever the grant says. */
  public Optional<Boolean> pathStyleAccess() {
    return Optional.ofNullable(pathStyleAccess);
  }

  /** Builds {@link TransferOptions}. Not safe for use by more than one thread. */
  public static final class Builder {
    private long partSize = AUTOMATIC;
    private int parallelism = 32;
    private boolean adaptiveParallelism = true;
    private int concurrentUploads = 40;
    private long rateLimit;
    private Duration stallTimeout = Duration.ofSeconds(30);
    private ChecksumMode checksum = ChecksumMode.CRC32;
    private RetryPolicy retryPolicy = RetryPolicy.defaults();
    private @Nullable URI endpoint;
    private @Nullable Boolean pathStyleAccess;

    private Builder() {}

    /**
     * The wanted part size in bytes: {@link #MIN_PART_SIZE} to {@link #MAX_PART_SIZE} (the bounds
     * that S3 sets for a part), or {@link #AUTOMATIC}, the default: 8 MiB as long as the uploader
     * does not know the network, then as much as a connection carries in 2 seconds, from 5 to 64
     * MiB, but not more than a sixteenth of the source or 8 MiB, whichever is larger. Either is
     * raised to {@code size / 10,000} for sources that would need more parts than S3 takes, and
     * rounded up to a whole MiB; it stays the same for the life of an upload.
     *
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder partSize(long bytes) {
      if (bytes != AUTOMATIC && (bytes < MIN_PART_SIZE || bytes > MAX_PART_SIZE)) {
        throw new IllegalArgumentException(
            "a part has "
                + MIN_PART_SIZE
                + " (5 MiB) to "
                + MAX_PART_SIZE
                + " (5 GiB) bytes, not "
                + bytes);
      }
      this.partSize = bytes;
      return this;
    }

    /**
     * Parts in flight over all uploads together, at most: 1 to 256; 32 by default. Each takes a
     * connection and some 200 KiB of memory. {@link VideoUploader#limitParallelism} can lower it
     * while uploads run.
     *
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder parallelism(int parts) {
      if (parts < 1 || parts > 256) {
        throw new IllegalArgumentException("parallelism goes from 1 to 256, not " + parts);
      }
      this.parallelism = parts;
      return this;
    }

    /**
     * Whether it is found out how many parts in flight the network takes: few at first, more as
     * long as that makes the whole faster, fewer when it does not or the store asks for a slower
     * pace. True by default. With false there are always as many as {@link #parallelism} says, if
     * there is enough to send.
     */
    public Builder adaptiveParallelism(boolean adaptive) {
      this.adaptiveParallelism = adaptive;
      return this;
    }

    /**
     * Uploads at work at once: 1 to 1,000; 40 by default. Those beyond it wait their turn, as
     * {@link UploadState#WAITING}: by priority, then in the order in which they were begun. They
     * hold no thread and no connection meanwhile, and can be paused, cancelled and prioritized.
     *
     * <p>It is more than the parts in flight, so that the grants and notifications of small files,
     * which send nothing to the store, go on while the parts of others do. An upload keeps its turn
     * while it waits for the network or for a busy server, as no other would fare better. It gives
     * it up when it is paused; once resumed, it has its old place in the line.
     *
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder concurrentUploads(int uploads) {
      if (uploads < 1 || uploads > 1000) {
        throw new IllegalArgumentException(
            "concurrentUploads goes from 1 to 1,000, not " + uploads);
      }
      this.concurrentUploads = uploads;
      return this;
    }

    /**
     * The cap in bytes per second: 1 or more, or 0 for none, the default. {@link
     * VideoUploader#limitRate} changes it while uploads run.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder rateLimit(long bytesPerSecond) {
      if (bytesPerSecond < 0) {
        throw new IllegalArgumentException("rateLimit is 0 (none) or more, not " + bytesPerSecond);
      }
      this.rateLimit = bytesPerSecond;
      return this;
    }

    /**
     * How long a part may stand still: 100 ms to 1 hour; 30 seconds by default.
     *
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder stallTimeout(Duration timeout) {
      if (timeout.compareTo(Duration.ofMillis(100)) < 0
          || timeout.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException(
            "stallTimeout goes from 100 ms to 1 hour, not " + timeout);
      }
      this.stallTimeout = timeout;
      return this;
    }

    /** What guards the bytes; {@link ChecksumMode#CRC32} by default. */
    public Builder checksum(ChecksumMode mode) {
      this.checksum = Objects.requireNonNull(mode, "mode");
      return this;
    }

    /** How each part is retried; {@link RetryPolicy#defaults()} by default. */
    public Builder retryPolicy(RetryPolicy policy) {
      this.retryPolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * The endpoint to use whatever the grant says; the grant's, or else AWS's, by default.
     *
     * @throws IllegalArgumentException if it is not an http or https URL with a host
     */
    public Builder endpoint(URI uri) {
      String scheme = uri.getScheme();
      if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
        throw new IllegalArgumentException(
            "an endpoint is an http or https URL with a host, not " + uri);
      }
      this.endpoint = uri;
      return this;
    }

    /** Whether the bucket goes into the path, whatever the grant says; as it says by default. */
    public Builder pathStyleAccess(boolean pathStyle) {
      this.pathStyleAccess = pathStyle;
      return this;
    }

    /** Builds the options. */
    public TransferOptions build() {
      return new TransferOptions(this);
    }
  }
}
