package io.github.reelbeam.backend;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the objects that clients may upload: a prefix, a random UUID and, where the client's file
 * name ends in a known one, the file extension.
 *
 * <p>Nothing else of the client's file name reaches the key. A name is untrusted text that may hold
 * path segments, personal data or a name that is taken already; the UUID makes every key new, so
 * that one client can never overwrite, or guess, the video of another.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class ObjectKeys {

  /** The file extensions that are kept unless other ones are named. */
  public static final Set<String> VIDEO_EXTENSIONS =
      Set.of(
          "3g2", "3gp", "avi", "flv", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts",
          "mxf", "ogv", "ts", "webm", "wmv");

  /** S3 allows keys of up to 1,024 bytes; what is left over is for the UUID and the extension. */
  private static final int LONGEST_PREFIX = 900;

  private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,16}");

  // The characters that S3 calls safe: they need no escaping in a URL, in XML or in a policy. The
  // asterisk is among them too, but is a wildcard in a policy.
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9!_.'()/-]*");
  private static final Pattern NAME =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\\.([a-z0-9]{1,16}))?");
  private static final Pattern DOT_SEGMENT = Pattern.compile("(^|/)\\.{0,2}/");

  private final String prefix;
  private final Set<String> extensions;
  private final Supplier<UUID> ids;

  private ObjectKeys(String prefix, Set<String> extensions, Supplier<UUID> ids) {
    this.prefix = prefix;
    this.extensions = extensions;
    this.ids = ids;
  }

  /**
   * Keys that start with the given prefix and keep the extensions in {@link #VIDEO_EXTENSIONS}.
   *
   * @param prefix for instance {@code "incoming/"}; may be empty
   * @throws IllegalArgumentException if the prefix has characters that S3 does not call safe, an
   *     empty, {@code .} or {@code ..} path segment, or more than 900 bytes
   */
  public static ObjectKeys withPrefix(String prefix) {
    if (!PREFIX.matcher(prefix).matches()
        || DOT_SEGMENT.matcher(prefix).find()
        || prefix.getBytes(StandardCharsets.UTF_8).length > LONGEST_PREFIX) {
      throw new IllegalArgumentException("not usable as a key prefix: " + prefix);
    }
    return new ObjectKeys(prefix, VIDEO_EXTENSIONS, UUID::randomUUID);
  }

  /**
   * The same keys with another set of extensions to keep.
   *
   * @param kept in lower case, without the dot
   * @throws IllegalArgumentException if one of them is not 1 to 16 letters or digits in lower case
   */
  public ObjectKeys keepingExtensions(Set<String> kept) {
    for (String extension : kept) {
      if (!EXTENSION.matcher(extension).matches()) {
        throw new IllegalArgumentException("not usable as a file extension: " + extension);
      }
    }
    return new ObjectKeys(prefix, Set.copyOf(kept), ids);
  }

  /** The same keys with ids from another source, for tests that need to know them beforehand. */
  ObjectKeys withIds(Supplier<UUID> source) {
    return new ObjectKeys(prefix, extensions, source);
  }

  /**
   * A key that was never used before.
   *
   * @param clientFileName the name the client gives the video; only its extension is looked at
   */
  public String next(String clientFileName) {
    return prefix + requireNonNull(ids.get()) + extensionOf(clientFileName);
  }

  /** Whether this key may be one of ours: the prefix, a UUID and perhaps a known extension. */
  boolean mayHaveMade(String key) {
    if (!key.startsWith(prefix)) {
      return false;
    }
    Matcher name = NAME.matcher(key.substring(prefix.length()));
    return name.matches() && (name.group(1) == null || extensions.contains(name.group(1)));
  }

  private String extensionOf(String fileName) {
    String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return extensions.contains(extension) && extension.length() < fileName.length()
        ? "." + extension
        : "";
  }
}
