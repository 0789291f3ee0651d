package io.github.reelbeam;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The classes of this module, without its tests and without the other modules. */
final class MainClasses {
  private static final JavaClasses ALL = read();

  private MainClasses() {}

  static JavaClasses all() {
    return ALL;
  }

  private static JavaClasses read() {
    try {
      return new ClassFileImporter()
          .importPath(
              Path.of(
                  VideoUploader.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
