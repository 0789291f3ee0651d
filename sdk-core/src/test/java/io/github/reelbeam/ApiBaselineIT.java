package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.credentials.CredentialsFetcher;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Each build compares the API with the baseline in the folder {@code api}. Here: that the
 * comparison, as the poms set it up, stops a build that breaks the API.
 */
@Tag("slow")
class ApiBaselineIT {
  private static final Path CLASSES = Path.of("target", "classes");

  @TempDir Path folder;

  @Test
  void aBreakFailsTheBuild() throws Exception {
    Path module = folder.resolve("sdk-core");
    breakApi(module.resolve(CLASSES));
    // the poms as they are, without the modules beside this one
    Files.copy(Path.of("..", "pom.xml"), folder.resolve("pom.xml"));
    Files.copy(Path.of("pom.xml"), module.resolve("pom.xml"));
    copyBaseline(module.resolve("api"));
    Path output = folder.resolve("output");

    Process maven =
        new ProcessBuilder(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-B",
                "-o",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                "jar:jar",
                "japicmp:cmp@api")
            .directory(module.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(maven.waitFor()).isNotZero();
    assertThat(Files.readString(output))
        .contains("Versions of archives indicate a minor change but binary incompatible changes")
        .contains("resumeAll", "METHOD_REMOVED")
        .contains("oneMore", "METHOD_ADDED_TO_INTERFACE");
  }

  /** Takes a method from callers, and asks for one more of those who implement an interface. */
  private static void breakApi(Path broken) throws IOException {
    Set<Path> changed = Set.of(file(VideoUploader.class), file(CredentialsFetcher.class));
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path name = CLASSES.relativize(file);
        Path copy = broken.resolve(name);
        Files.createDirectories(copy.getParent());
        if (changed.contains(name)) {
          ClassWriter out = new ClassWriter(0);
          new ClassReader(Files.readAllBytes(file)).accept(new Breaking(out), 0);
          Files.write(copy, out.toByteArray());
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private static Path file(Class<?> type) {
    return Path.of(type.getName().replace('.', '/') + ".class");
  }

  private static void copyBaseline(Path copy) throws IOException {
    Files.createDirectories(copy);
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of("api"), "*.jar")) {
      for (Path jar : jars) {
        Files.copy(jar, copy.resolve(jar.getFileName()));
      }
    }
  }

  private static final class Breaking extends ClassVisitor {
    private boolean isInterface;

    Breaking(ClassVisitor out) {
      super(Opcodes.ASM9, out);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
      super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return name.equals("resumeAll")
          ? null
          : super.visitMethod(access, name, descriptor, signature, exceptions);
    }

    @Override
    public void visitEnd() {
      if (isInterface) {
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT;
        super.visitMethod(access, "oneMore", "()V", null, null).visitEnd();
      }
      super.visitEnd();
    }
  }
}
