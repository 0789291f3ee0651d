package io.github.reelbeam.apilisting;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/**
 * Writes a jar of the public types with their public and protected members, and nothing in their
 * bodies: all that a comparison of two versions looks at, in a few dozen kilobytes.
 */
final class ApiStubs {
  // the jar is committed: the same classes make the same bytes
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private ApiStubs() {}

  static void write(List<Class<?>> types, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Class<?> type : types) {
        standsOnPublicTypes(type);
        JarEntry entry = new JarEntry(type.getName().replace('.', '/') + ".class");
        entry.setTimeLocal(TIME);
        out.putNextEntry(entry);
        out.write(stub(type));
      }
    }
  }

  /** Otherwise members that it inherits would be missing in the stubs. */
  private static void standsOnPublicTypes(Class<?> type) {
    Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
        .filter(above -> above.getClassLoader() == type.getClassLoader())
        .filter(above -> above.getProtectionDomain().equals(type.getProtectionDomain()))
        .filter(above -> !PublicTypes.isPublic(above))
        .findAny()
        .ifPresent(
            above -> {
              throw new IllegalStateException(
                  type.getName() + " is public, but " + above.getName() + " is not");
            });
  }

  private static byte[] stub(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
      if (bytes == null) {
        throw new IOException("no class file of " + type.getName());
      }
      ClassWriter out = new ClassWriter(0);
      new ClassReader(bytes)
          .accept(new StubClass(out), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      return out.toByteArray();
    }
  }
}
