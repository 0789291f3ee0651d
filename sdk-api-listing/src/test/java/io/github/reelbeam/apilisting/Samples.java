package io.github.reelbeam.apilisting;

import io.github.reelbeam.apilisting.sample.Film;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** The types that these tests list. */
final class Samples {
  private Samples() {}

  static List<Class<?>> types() throws IOException, URISyntaxException {
    Path classes = Path.of(Film.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return PublicTypes.in(classes, Film.class.getClassLoader());
  }
}
