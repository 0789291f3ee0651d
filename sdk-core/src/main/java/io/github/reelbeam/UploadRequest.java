package io.github.reelbeam;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to upload, and as what.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class UploadRequest {
  private final VideoSource source;
  private final String fileName;
  private final @Nullable String contentType;
  private final Map<String, String> metadata;
  private final @Nullable String storageClass;
  private final @Nullable ServerSideEncryption encryption;
  private final UploadPriority priority;
  private final List<UploadListener> listeners;

  private UploadRequest(Builder builder) {
    this.source = builder.source;
    this.fileName = builder.fileName == null ? builder.source.name() : builder.fileName;
    this.contentType = builder.contentType;
    this.metadata = Map.copyOf(builder.metadata);
    this.storageClass = builder.storageClass;
    this.encryption = builder.encryption;
    this.priority = builder.priority;
    this.listeners = List.copyOf(builder.listeners);
  }

  /** Returns a builder for a file. */
  public static Builder builder(Path file) {
    return new Builder(VideoSource.of(file));
  }

  /** Returns a builder for any source. */
  public static Builder builder(VideoSource source) {
    return new Builder(source);
  }

  /** The bytes. */
  public VideoSource source() {
    return source;
  }

  /** The name told to the backend. */
  public String fileName() {
    return fileName;
  }

  /** The media type, if it is not to be found out from the content and the name. */
  public Optional<String> contentType() {
    return Optional.ofNullable(contentType);
  }

  /** The user metadata of the object; the keys are in lower case. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The storage class, if not the store's default. */
  public Optional<String> storageClass() {
    return Optional.ofNullable(storageClass);
  }

  /** How the object is encrypted at rest, if not by the bucket's default. */
  public Optional<ServerSideEncryption> encryption() {
    return Optional.ofNullable(encryption);
  }

  /** Which uploads it goes before, until {@link Upload#prioritize} says something else. */
  public UploadPriority priority() {
    return priority;
  }

  /** Who hears what happens. */
  public List<UploadListener> listeners() {
    return listeners;
  }

  /** Builds an {@link UploadRequest}. Not safe for use by more than one thread. */
  public static final class Builder {
    // a header's name after "x-amz-meta-", as RFC 9110 has it
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");
    private static final Pattern MEDIA_TYPE =
        Pattern.compile("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+( *;[\\x20-\\x7e]*)?");
    private static final String PREFIX = "x-amz-meta-";
    private static final int MAX_METADATA_BYTES = 2048;

    private final VideoSource source;
    private @Nullable String fileName;
    private @Nullable String contentType;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private @Nullable String storageClass;
    private @Nullable ServerSideEncryption encryption;
    private UploadPriority priority = UploadPriority.NORMAL;
    private final List<UploadListener> listeners = new ArrayList<>();

    private Builder(VideoSource source) {
      this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * The name told to the backend; the source's own name by default.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public Builder fileName(String name) {
      if (name.trim().isEmpty()) {
        throw new IllegalArgumentException("the file name is blank");
      }
      this.fileName = name;
      return this;
    }

    /**
     * The media type, such as {@code video/mp4}; found out from content and name by default.
     *
     * @throws IllegalArgumentException if it has not the form of a media type
     */
    public Builder contentType(String mediaType) {
      if (!MEDIA_TYPE.matcher(mediaType).matches()) {
        throw new IllegalArgumentException("not a media type like video/mp4: " + mediaType);
      }
      this.contentType = mediaType;
      return this;
    }

    /**
     * One entry of user metadata, stored with the object and told to the backend; none by default.
     * S3 takes <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">2
     * KB in all</a> and treats the keys without regard to case, so they are put in lower case.
     *
     * @throws IllegalArgumentException if the key is no HTTP header name or begins with {@code
     *     x-amz-meta-}, the value has control characters or is not ASCII (which HTTP headers do not
     *     carry unharmed), or the whole is larger than 2,048 bytes
     */
    public Builder metadata(String key, String value) {
      String name = key.toLowerCase(Locale.ROOT);
      if (!TOKEN.matcher(name).matches()) {
        throw new IllegalArgumentException("metadata key '" + key + "' cannot be a header's name");
      }
      if (name.startsWith(PREFIX)) {
        // the SDK would leave one of the two out, and the object have another key than is told
        throw new IllegalArgumentException(
            "metadata key '"
                + key
                + "' has the prefix that S3 puts in front of each: leave it out");
      }
      if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
        throw new IllegalArgumentException(
            "the value of metadata '"
                + key
                + "' is not plain ASCII; encode it, for instance with java.net.URLEncoder");
      }
      int size =
          metadata.entrySet().stream()
              .filter(e -> !e.getKey().equals(name))
              .mapToInt(e -> e.getKey().length() + e.getValue().length())
              .sum();
      if (size + name.length() + value.length() > MAX_METADATA_BYTES) {
        throw new IllegalArgumentException(
            "with '" + key + "' the metadata has more than the 2,048 bytes that S3 takes");
      }
      metadata.put(name, value.trim());
      return this;
    }

    /**
     * The storage class, a value of {@code x-amz-storage-class} such as {@code STANDARD_IA}; the
     * store's own by default, {@code STANDARD} on S3. The store says whether it knows it.
     */
    public Builder storageClass(String name) {
      this.storageClass = Objects.requireNonNull(name, "name");
      return this;
    }

    /** How the object is encrypted at rest; the bucket's default by default. */
    public Builder encryption(ServerSideEncryption method) {
      this.encryption = Objects.requireNonNull(method, "method");
      return this;
    }

    /** Which uploads it goes before; {@link UploadPriority#NORMAL} by default. */
    public Builder priority(UploadPriority rank) {
      this.priority = Objects.requireNonNull(rank, "rank");
      return this;
    }

    /** Adds one who hears what happens; there may be any number, each told of everything. */
    public Builder listener(UploadListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** Builds the request. */
    public UploadRequest build() {
      return new UploadRequest(this);
    }
  }
}
