package io.github.reelbeam.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md would have a Gradle build say brings all that the README's program needs. */
@Tag("gradle")
class ReadmeIT {
  private static final Path PROGRAM =
      Path.of(
          "../sdk-examples/src/main/java/io/github/reelbeam/examples/topics",
          "UploadWithProgressBar.java");
  private static final Pattern KOTLIN =
      Pattern.compile("^```kotlin\\R(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern DEPENDENCY =
      Pattern.compile("implementation\\((platform\\()?\"([^\"]+)\"\\)+");

  @TempDir private Path folder;

  private GradleProject project() throws Exception {
    GradleProject project = new GradleProject(folder, Consumer.JAVA_17);
    Matcher kotlin = KOTLIN.matcher(Files.readString(Path.of("../README.md")));
    assertThat(kotlin.find()).isTrue();
    Matcher dependency = DEPENDENCY.matcher(kotlin.group(1));
    while (dependency.find()) {
      String notation = ofThisBuild(dependency.group(2));
      if (dependency.group(1) != null) {
        project.dependOnPlatform(notation);
      } else {
        project.depend(notation);
      }
    }
    return project;
  }

  /** The version, if one is named, is that of the last release or of the next. */
  private static String ofThisBuild(String notation) {
    String version = System.getProperty("gradle.version-of-reelbeam");
    return notation.replaceFirst("^([^:]+:[^:]+):.+", "$1:" + version);
  }

  @Test
  void theBomBringsTheVersions() throws Exception {
    GradleProject project = project();
    assertThat(project.missing()).isEmpty();
    assertThat(project.modules())
        .contains("io.github.reelbeam:reelbeam-bom", "io.github.reelbeam:reelbeam-core")
        .doesNotContain("io.github.reelbeam:reelbeam-backend");
  }

  @Test
  void theProgramOfTheReadmeCompiles() throws Exception {
    String classPath =
        project().files().stream()
            .map(File::getPath)
            .collect(Collectors.joining(File.pathSeparator));
    var compiler = ToolProvider.getSystemJavaCompiler();
    var files = compiler.getStandardFileManager(null, null, null);
    StringWriter complaints = new StringWriter();
    List<String> options =
        new ArrayList<>(List.of("--release", "17", "-proc:none", "-cp", classPath));
    options.addAll(List.of("-d", folder.toString()));
    CompilationTask task =
        compiler.getTask(complaints, files, null, options, null, files.getJavaFileObjects(PROGRAM));
    assertThat(task.call()).as("%s", complaints).isTrue();
  }
}
