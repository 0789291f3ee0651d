package io.github.reelbeam.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may be uploaded. A session policy can limit neither the size nor the type of an object, so
 * the limits hold twice: for what the client announces, when a grant is issued, and for what the
 * store has, when the asset is verified.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class UploadLimits {

  /** S3's own limit: 10,000 parts of 5 GiB, in bytes. */
  public static final long LARGEST_OBJECT = 10_000L * (5L << 30);

  /** Far beyond the 255 of common file systems; it bounds what the app may come to store. */
  private static final int LONGEST_FILE_NAME = 1024;

  /** S3 takes 2 KB of user metadata: the bytes of all names and values in UTF-8. */
  private static final int MOST_METADATA = 2048;

  private static final int LONGEST_CONTENT_TYPE = 255;

  private static final String TOKEN = "[a-z0-9!#$&^_.+-]{1,127}";
  private static final Pattern MEDIA_TYPE = Pattern.compile(TOKEN + "/" + TOKEN);
  private static final Pattern ALLOWED = Pattern.compile(TOKEN + "/(\\*|" + TOKEN + ")");

  private final long largest;
  private final Set<String> contentTypes;

  private UploadLimits(long largest, Set<String> contentTypes) {
    this.largest = largest;
    this.contentTypes = contentTypes;
  }

  /**
   * Videos ({@code video/*}) of at most so many bytes.
   *
   * @throws IllegalArgumentException if it is not 1 to {@link #LARGEST_OBJECT}
   */
  public static UploadLimits upTo(long bytes) {
    if (bytes < 1 || bytes > LARGEST_OBJECT) {
      throw new IllegalArgumentException(
          "the largest size is 1 to " + LARGEST_OBJECT + " bytes, not " + bytes);
    }
    return new UploadLimits(bytes, Set.of("video/*"));
  }

  /**
   * The same limits for other content types.
   *
   * @param types such as {@code video/mp4} or {@code video/*}
   * @throws IllegalArgumentException if there is none, or one is not of this form
   */
  public UploadLimits contentTypes(List<String> types) {
    Set<String> allowed = new LinkedHashSet<>();
    for (String type : types) {
      String lower = type.toLowerCase(Locale.ROOT);
      if (!ALLOWED.matcher(lower).matches()) {
        throw new IllegalArgumentException("not a content type such as video/mp4: " + type);
      }
      allowed.add(lower);
    }
    if (allowed.isEmpty()) {
      throw new IllegalArgumentException("no content type is allowed");
    }
    return new UploadLimits(largest, Set.copyOf(allowed));
  }

  /**
   * Checks what a client announces.
   *
   * @throws RequestRefusedException 400 for a file name of more than 1,024 characters or metadata
   *     that S3 would not take, and as {@link #check(long, String)} does
   */
  void check(VideoDescription video) {
    if (video.fileName().length() > LONGEST_FILE_NAME) {
      throw RequestRefusedException.invalid("fileName has more than 1,024 characters");
    }
    if (bytes(video.metadata()) > MOST_METADATA) {
      throw RequestRefusedException.invalid("metadata has more than the 2,048 bytes that S3 takes");
    }
    check(video.size(), video.contentType());
  }

  private static long bytes(Map<String, String> metadata) {
    return metadata.entrySet().stream()
        .mapToLong(e -> e.getKey().getBytes(UTF_8).length + e.getValue().getBytes(UTF_8).length)
        .sum();
  }

  /**
   * Checks what a client announces, or what the store has.
   *
   * @throws RequestRefusedException 400, 413 {@code too_large} or 415 {@code
   *     content_type_not_allowed}
   */
  void check(long size, @Nullable String contentType) {
    if (size < 1) {
      throw RequestRefusedException.invalid("size is not a number of bytes above 0");
    }
    if (size > largest) {
      throw new RequestRefusedException(
          413, "too_large", "a video has at most " + largest + " bytes, this one " + size);
    }
    if (contentType == null || !isAllowed(contentType)) {
      throw new RequestRefusedException(
          415,
          "content_type_not_allowed",
          "content of this type is not taken; what is: "
              + String.join(", ", new TreeSet<>(contentTypes)));
    }
  }

  private boolean isAllowed(String contentType) {
    if (contentType.length() > LONGEST_CONTENT_TYPE) {
      return false;
    }
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!MEDIA_TYPE.matcher(type).matches()) {
      return false;
    }
    String whole = type.substring(0, type.indexOf('/')) + "/*";
    return contentTypes.contains(type) || contentTypes.contains(whole);
  }

  @Override
  public String toString() {
    return "UploadLimits[largest=" + largest + ", contentTypes=" + contentTypes + "]";
  }
}
