package io.github.reelbeam.apilisting;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/**
 * Holds the public types of a module to the listing that is committed beside it, as {@code
 * api/<artifact>.api}, so that no change of the API goes unseen.
 *
 * <p>Two system properties make a test of this write instead of check: {@value #UPDATE} the
 * listing, and {@value #WRITE_BASELINE} the stubs that the build compares later versions with, as
 * {@code api/<artifact>-<version>.jar}; its value is the version that these are of.
 */
public final class PublicApi {
  static final String UPDATE = "api.update";
  static final String WRITE_BASELINE = "api.baseline.write";

  private final String artifact;
  private final Path folder;
  private final List<Class<?>> types;

  PublicApi(String artifact, Path folder, List<Class<?>> types) {
    this.artifact = artifact;
    this.folder = folder;
    this.types = types;
  }

  /**
   * The API of the module in the working folder.
   *
   * @param artifact the name of its artifact
   * @param type any type of its main classes
   */
  public static PublicApi of(String artifact, Class<?> type)
      throws IOException, URISyntaxException {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    Path classes = Path.of(source.getLocation().toURI());
    return new PublicApi(artifact, Path.of("api"), PublicTypes.in(classes, type.getClassLoader()));
  }

  /**
   * Checks that the listing is today's, or writes what the system properties ask for.
   *
   * @throws AssertionError if the API is another than the listing says; it shows the difference and
   *     the command that updates the listing
   */
  public void check() throws IOException {
    String version = System.getProperty(WRITE_BASELINE);
    if (version != null) {
      writeBaseline(version);
    }
    if (System.getProperty(UPDATE) != null) {
      Files.createDirectories(folder);
      Files.writeString(listing(), ApiListing.of(types));
    } else {
      isAsListed();
    }
  }

  void isAsListed() throws IOException {
    String difference = ListingDifference.between(listed(), ApiListing.of(types));
    if (!difference.isEmpty()) {
      throw new AssertionError(
          "The public API is not the one in "
              + listing()
              + ":\n"
              + difference
              + "If that is meant (docs/compatibility.md), this updates the listing:\n  mvn -q -pl "
              + Path.of("").toAbsolutePath().getFileName()
              + " -am test -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -D"
              + UPDATE);
    }
  }

  /** One baseline stands there at a time. */
  void writeBaseline(String version) throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, artifact + "-*.jar")) {
      for (Path jar : old) {
        Files.delete(jar);
      }
    }
    ApiStubs.write(types, folder.resolve(artifact + "-" + version + ".jar"));
  }

  private Path listing() {
    return folder.resolve(artifact + ".api");
  }

  private String listed() throws IOException {
    try {
      return Files.readString(listing());
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
