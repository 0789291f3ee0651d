package io.github.reelbeam.release;

import java.nio.file.Path;

/** What the build says to the tests: where it is, and what it has made. */
final class Build {
  static final String GROUP = "io.github.reelbeam";
  static final String VERSION = System.getProperty("release.version");
  static final Path ROOT = Path.of(System.getProperty("release.root"));

  /** What the build has staged, as a repository. */
  static final Path REPOSITORY = Path.of(System.getProperty("release.folder"), "repository");

  /** What would be uploaded. */
  static final Path BUNDLE =
      Path.of(System.getProperty("release.folder"), "bundle", "central-bundle.zip");

  /** The key of a rehearsal; in a real release the key is in the environment. */
  static final Path KEY_FILE = Path.of(System.getProperty("release.key.file"));

  static final Path WORK = Path.of(System.getProperty("release.work"));
  static final Path MAVEN = Path.of(System.getProperty("release.maven"));
  static final Path LOCAL_REPOSITORY = Path.of(System.getProperty("release.local-repository"));

  private Build() {}
}
