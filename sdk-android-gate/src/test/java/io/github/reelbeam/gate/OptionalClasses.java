package io.github.reelbeam.gate;

import static java.util.stream.Collectors.toCollection;

import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The classes that an app may lack, and why nothing misses them: those that are asked for only
 * where they are there. None other may be missing.
 */
final class OptionalClasses {

  /** By the start of their names. */
  static final Map<String, String> REASONS =
      Map.of(
          "software.amazon.awssdk.crt.",
          "the AWS SDK's native transport, checksums and SigV4a; Reelbeam always passes a client of"
              + " its own and computes CRC32 itself",
          "org.conscrypt.",
          "OkHttp uses Android's own TLS; this one only if the app brings it",
          "org.bouncycastle.",
          "as org.conscrypt",
          "org.openjsse.",
          "as org.conscrypt",
          "androidx.startup.",
          "okhttp-android is told of the app's Context by it; every Android build has it, this one"
              + " has not, since it is not on Maven Central",
          "androidx.annotation.",
          "as androidx.startup; nothing reads these annotations at run time",
          "javax.annotation.",
          "annotations, read by nothing at run time",
          "org.codehaus.mojo.animal_sniffer.",
          "annotations, read by nothing at run time");

  private OptionalClasses() {}

  /** Whether a class or member is one of them or has to do with one. */
  static boolean areNamedIn(String reference) {
    return REASONS.keySet().stream().anyMatch(reference::contains);
  }

  /** Those of the missing classes that may not be missing. */
  static SortedSet<String> required(Collection<String> missing) {
    return missing.stream()
        .filter(name -> REASONS.keySet().stream().noneMatch(name::startsWith))
        .collect(toCollection(TreeSet::new));
  }
}
