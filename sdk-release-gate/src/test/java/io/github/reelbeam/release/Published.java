package io.github.reelbeam.release;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a release publishes, and with which files. A new module that is to be published is a line
 * here; one that is here and is not published, or the other way round, fails the tests.
 *
 * @param artifact the artifactId
 * @param moduleName of its jar; empty for what has none
 * @param extras files besides those that every jar has
 */
record Published(String artifact, String moduleName, List<String> extras) {
  static final List<Published> ALL =
      List.of(
          pom("reelbeam-parent"),
          pom("reelbeam-bom"),
          jar("reelbeam-core", "io.github.reelbeam.core", ".module"),
          jar("reelbeam-backend", "io.github.reelbeam.backend"),
          jar("reelbeam-micrometer", "io.github.reelbeam.micrometer"),
          jar("reelbeam-android", "io.github.reelbeam.android", ".module"));

  /** What Maven Central takes; it demands the first two. */
  static final List<String> CHECKSUMS = List.of("md5", "sha1", "sha256", "sha512");

  private static Published pom(String artifact) {
    return new Published(artifact, "", List.of());
  }

  private static Published jar(String artifact, String moduleName, String... extras) {
    return new Published(artifact, moduleName, List.of(extras));
  }

  static List<Published> jars() {
    return ALL.stream().filter(Published::isJar).toList();
  }

  boolean isJar() {
    return !moduleName.isEmpty();
  }

  /** The files that are signed, as they lie in the bundle. */
  List<String> files() {
    List<String> files = new ArrayList<>(List.of(file(".pom")));
    if (isJar()) {
      Stream.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json", "-cyclonedx.xml")
          .map(this::file)
          .forEach(files::add);
    }
    extras.stream().map(this::file).forEach(files::add);
    return files;
  }

  String file(String ending) {
    String folder = Build.GROUP.replace('.', '/') + "/" + artifact + "/" + Build.VERSION + "/";
    return folder + artifact + "-" + Build.VERSION + ending;
  }

  @Override
  public String toString() {
    return artifact;
  }
}
