package io.github.reelbeam.gate;

import static java.util.stream.Collectors.toCollection;

import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The classes that an app may lack, and why nothing misses them: those that are asked for only
 * where they are there. None other may be missing.
 *
 * <p>{@code androidx.startup} is not among them: okhttp-android has one class that needs it, which
 * only a manifest with that library in it leads to.
 */
final class OptionalClasses {

  /** By the start of their names. */
  static final Map<String, String> REASONS =
      Map.of(
          "software.amazon.awssdk.crt.",
          "the AWS SDK's native transport, checksums and SigV4a; Reelbeam always passes a client of"
              + " its own and computes CRC32 itself",
          "android.net.ssl.",
          "of Android 10 and later; OkHttp asks for the version first. An app's build has an Android"
              + " SDK of today, and misses none",
          "android.util.CloseGuard",
          "of Android 11, as android.net.ssl",
          "org.conscrypt.",
          "OkHttp uses Android's own TLS, and this one only if the app brings it",
          "org.bouncycastle.",
          "as org.conscrypt",
          "androidx.annotation.",
          "annotations that nothing reads at run time; every Android build has them, this one has"
              + " not, since they are not on Maven Central",
          "org.codehaus.mojo.animal_sniffer.",
          "an annotation that nothing reads at run time");

  private OptionalClasses() {}

  /** Whether a class or member is one of them or has to do with one. */
  static boolean areNamedIn(String reference) {
    return REASONS.keySet().stream().anyMatch(reference::contains);
  }

  /** Those of the missing classes that an app cannot do without. */
  static SortedSet<String> required(Collection<String> missing) {
    return missing.stream()
        .filter(name -> REASONS.keySet().stream().noneMatch(name::startsWith))
        .collect(toCollection(TreeSet::new));
  }

  /** Those of the reasons for which no class is missing any more. */
  static SortedSet<String> outdated(Collection<String> missing) {
    return REASONS.keySet().stream()
        .filter(start -> missing.stream().noneMatch(name -> name.startsWith(start)))
        .collect(toCollection(TreeSet::new));
  }
}
