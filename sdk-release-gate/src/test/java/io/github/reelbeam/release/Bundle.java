package io.github.reelbeam.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files of a zip, in memory: of the bundle that goes to Maven Central, or of a jar in it. */
final class Bundle {
  private final Map<String, byte[]> files = new TreeMap<>();

  private Bundle(InputStream in) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          files.put(entry.getName(), zip.readAllBytes());
        }
      }
    }
  }

  static Bundle open(Path zip) {
    try (InputStream in = Files.newInputStream(zip)) {
      return new Bundle(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A jar that is one of the files. */
  Bundle jar(String name) {
    try {
      return new Bundle(new ByteArrayInputStream(bytes(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> names() {
    return files.keySet();
  }

  byte[] bytes(String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new AssertionError(name + " is not there, but: " + names());
    }
    return bytes;
  }

  String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }
}
