package io.github.reelbeam.gate;

import com.android.tools.r8.CompilationFailedException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The app that depends on reelbeam-android, its libraries, their rules, and what stands for the
 * Android SDK; each made once per JVM.
 */
final class AndroidBuild {
  private static final Path APP = property("gate.app");
  private static final Path LIBRARIES = property("gate.libraries");
  private static final Path ANDROID = property("gate.android");
  private static final Path WORK = property("gate.work");

  /** What an app's build asks R8 to keep because the manifest names it. */
  static final String MAIN =
      "-keep class io.github.reelbeam.android.SmallApp"
          + " { public static void main(java.lang.String[]); }";

  /** For an app that calls everything that reelbeam-android has to call. */
  static final String ALL_CALLS =
      "-keep public class io.github.reelbeam.android.** { public protected *; }";

  private static @Nullable AndroidBuild only;

  private final BuildTools tools;
  private final List<Path> libraries;
  private @Nullable Path app;
  private @Nullable Path desugared;

  private AndroidBuild() throws IOException {
    Path api = file("api-26.jar");
    AndroidApi.write(signature(), ANDROID.resolve("android-all.jar"), api);
    this.tools = new BuildTools(api);
    try (Stream<Path> files = Files.list(LIBRARIES)) {
      this.libraries = files.sorted().toList();
    }
  }

  static synchronized AndroidBuild get() throws IOException {
    AndroidBuild known = only;
    if (known == null) {
      known = new AndroidBuild();
      only = known;
    }
    return known;
  }

  private static Path property(String name) {
    return Path.of(System.getProperty(name));
  }

  /** A file among those that are made here. */
  static Path file(String name) {
    return WORK.resolve(name);
  }

  /** The list of what Android 8.0 has, of classes and members. */
  static Path signature() {
    return ANDROID.resolve("api-26.signature");
  }

  BuildTools tools() {
    return tools;
  }

  /** The rules that an app's build finds in the libraries, and no others. */
  ShrinkRules libraryRules() throws IOException {
    ShrinkRules all = new ShrinkRules(List.of());
    for (Path library : libraries) {
      all = all.and(ShrinkRules.in(library));
    }
    return all;
  }

  /** The rules of reelbeam-android alone. */
  ShrinkRules ownRules() throws IOException {
    return ShrinkRules.in(library("reelbeam-android-"));
  }

  /** The app as it goes onto a device. */
  synchronized Path app() throws IOException {
    Path known = app;
    if (known == null) {
      known = file("app.jar");
      AppJar.merge(classPath(), known);
      app = known;
    }
    return known;
  }

  private List<Path> classPath() throws IOException {
    List<Path> jars = new ArrayList<>(List.of(APP));
    for (Path library : libraries) {
      jars.add(isAar(library) ? classesOf(library) : library);
    }
    return jars;
  }

  /**
   * The app for the JVM, of the class files to which D8 has desugared it. okhttp-android asks for
   * {@code android.*}, which no JVM has; okhttp-jvm, the same library made for the JVM, takes its
   * place. All else is what goes onto a device.
   */
  synchronized Path desugaredForJvm() throws IOException, CompilationFailedException {
    Path known = desugared;
    if (known == null) {
      List<Path> jars = new ArrayList<>(List.of(APP, fromClassPath("okhttp-jvm-")));
      libraries.stream().filter(library -> !isAar(library)).forEach(jars::add);
      Path merged = file("app-for-jvm.jar");
      AppJar.merge(jars, merged);
      Path classes = file("desugared-classes.jar");
      tools.desugar(merged, classes);
      known = file("app-for-jvm-desugared.jar");
      AppJar.join(classes, merged, known);
      desugared = known;
    }
    return known;
  }

  private Path library(String nameStart) {
    return libraries.stream()
        .filter(library -> String.valueOf(library.getFileName()).startsWith(nameStart))
        .findFirst()
        .orElseThrow();
  }

  private static Path fromClassPath(String nameStart) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(entry -> String.valueOf(entry.getFileName()).startsWith(nameStart))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isAar(Path library) {
    return library.toString().endsWith(".aar");
  }

  private static Path classesOf(Path aar) throws IOException {
    Path jar = file(aar.getFileName() + "-classes.jar");
    try (ZipFile zip = new ZipFile(aar.toFile());
        InputStream classes = zip.getInputStream(zip.getEntry("classes.jar"))) {
      Files.copy(classes, jar, StandardCopyOption.REPLACE_EXISTING);
    }
    return jar;
  }
}
