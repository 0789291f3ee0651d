package io.github.reelbeam.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Jars put into one as Android's build tools do it: an app has one class path and no modules. */
final class AppJar {
  private AppJar() {}

  /** A class that two of the jars have is an error, as it is for Android's build tools. */
  static void merge(List<Path> jars, Path merged) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (Path jar : jars) {
      for (Map.Entry<String, byte[]> file : read(jar).entrySet()) {
        if (file.getKey().startsWith("META-INF/services/")) {
          files.merge(file.getKey(), file.getValue(), AppJar::oneAfterTheOther);
        } else if (files.putIfAbsent(file.getKey(), file.getValue()) != null && isClass(file)) {
          throw new AssertionError(file.getKey() + " is in " + jar + " and in another");
        }
      }
    }
    write(files, merged);
  }

  /** The one's classes and everything else of the other. */
  static void join(Path classes, Path resources, Path joined) throws IOException {
    Map<String, byte[]> files = read(resources);
    files.keySet().removeIf(name -> name.endsWith(".class"));
    files.putAll(read(classes));
    write(files, joined);
  }

  /** All files but those that do not go into an app. */
  static Map<String, byte[]> read(Path jar) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (!entry.isDirectory() && goesIntoAnApp(entry.getName())) {
          try (InputStream in = zip.getInputStream(entry)) {
            files.put(entry.getName(), in.readAllBytes());
          }
        }
      }
    }
    return files;
  }

  static void write(Map<String, byte[]> files, Path jar) throws IOException {
    Files.createDirectories(jar.toAbsolutePath().getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
  }

  // rules are given to R8 one by one, so that a test can leave one out
  private static boolean goesIntoAnApp(String name) {
    return !name.endsWith("module-info.class")
        && !name.startsWith("META-INF/versions/")
        && !name.startsWith("META-INF/maven/")
        && !name.startsWith("META-INF/native-image/")
        && !ShrinkRules.isRules(name)
        && !name.equals("META-INF/MANIFEST.MF");
  }

  private static boolean isClass(Map.Entry<String, byte[]> file) {
    return file.getKey().endsWith(".class");
  }

  private static byte[] oneAfterTheOther(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes("\n".getBytes(UTF_8));
    both.writeBytes(second);
    return both.toByteArray();
  }
}
