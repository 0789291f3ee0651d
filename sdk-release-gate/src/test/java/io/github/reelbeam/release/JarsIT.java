package io.github.reelbeam.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The jars have what they are for, the licence, and a name as a module. */
@Tag("release")
class JarsIT {
  private static final Bundle BUNDLE = Bundle.open(Build.BUNDLE);
  private static final List<Published> JARS = Published.jars();

  private static Bundle jar(Published artifact, String ending) {
    return BUNDLE.jar(artifact.file(ending));
  }

  /** The classes that have a source file of their own, as paths without an ending. */
  private static Set<String> classes(Bundle jar) {
    Set<String> classes = new TreeSet<>();
    for (String name : jar.names()) {
      if (name.endsWith(".class") && !name.contains("$")) {
        classes.add(name.substring(0, name.length() - ".class".length()));
      }
    }
    return classes;
  }

  @ParameterizedTest
  @FieldSource("JARS")
  void hasItsNameAsAModule(Published artifact) throws Exception {
    byte[] manifest = jar(artifact, ".jar").bytes("META-INF/MANIFEST.MF");
    assertThat(
            new Manifest(new ByteArrayInputStream(manifest))
                .getMainAttributes()
                .getValue("Automatic-Module-Name"))
        .isEqualTo(artifact.moduleName());
  }

  @ParameterizedTest
  @FieldSource("JARS")
  void hasTheLicenceAsItsSourcesAndItsDocumentation(Published artifact) throws Exception {
    String licence = Files.readString(Build.ROOT.resolve("LICENSE"));
    for (String ending : List.of(".jar", "-sources.jar", "-javadoc.jar")) {
      assertThat(jar(artifact, ending).text("META-INF/LICENSE")).as(ending).isEqualTo(licence);
    }
  }

  @ParameterizedTest
  @FieldSource("JARS")
  void hasClassesForJava17(Published artifact) {
    Bundle jar = jar(artifact, ".jar");
    Set<String> classes = classes(jar);
    assertThat(classes).isNotEmpty();
    for (String name : classes) {
      assertThat(ByteBuffer.wrap(jar.bytes(name + ".class")).getInt(4)).as(name).isEqualTo(61);
    }
  }

  @ParameterizedTest
  @FieldSource("JARS")
  void theSourcesAreThoseOfTheClasses(Published artifact) {
    Bundle sources = jar(artifact, "-sources.jar");
    Set<String> named = new TreeSet<>();
    for (String name : sources.names()) {
      if (name.endsWith(".java")) {
        named.add(name.substring(0, name.length() - ".java".length()));
      }
    }
    // a package's annotations may leave no class behind
    Set<String> classes = classes(jar(artifact, ".jar"));
    classes.removeIf(name -> name.endsWith("package-info"));
    named.removeIf(name -> name.endsWith("package-info"));
    assertThat(named).isEqualTo(classes);
  }

  @ParameterizedTest
  @FieldSource("JARS")
  void theDocumentationIsThatOfThePackagesForUse(Published artifact) {
    Set<String> pages = jar(artifact, "-javadoc.jar").names();
    assertThat(pages).contains("index.html").noneMatch(page -> page.contains("/internal/"));
    for (String name : classes(jar(artifact, ".jar"))) {
      if (name.endsWith("package-info") && !name.contains("/internal/")) {
        assertThat(pages).contains(name.replace("package-info", "package-summary.html"));
      }
    }
  }

  @Test
  void noPackageIsInTwoJars() {
    Map<String, Published> owners = new HashMap<>();
    for (Published artifact : JARS) {
      Set<String> packages = new TreeSet<>();
      classes(jar(artifact, ".jar"))
          .forEach(name -> packages.add(name.substring(0, name.lastIndexOf('/'))));
      for (String name : packages) {
        assertThat(owners.put(name, artifact)).as("%s has %s, too", artifact, name).isNull();
      }
    }
  }
}
