package io.github.reelbeam.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.codehaus.mojo.animal_sniffer.Clazz;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The public classes and members of one Android version as a jar, in the place of the android.jar
 * of an Android SDK.
 *
 * <p>A signature lists them, without their modifiers. Those come from the classes of a later
 * Android, and, for what that leaves to the JDK ({@code java.*} and some of {@code javax.*}), from
 * the JDK that runs. What the signature does not list is left out, and so is all code. A class that
 * neither of the two has any more (tests, SIP, {@code java.util.jar.Pack200}) is left out as well:
 * an app that uses one is told of a missing class, which errs on the safe side.
 */
final class AndroidApi {
  private AndroidApi() {}

  /**
   * Writes the jar.
   *
   * @param signature gzipped, as animal-sniffer writes it
   * @param laterAndroid its classes
   */
  static void write(Path signature, Path laterAndroid, Path jar) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (ZipFile android = new ZipFile(laterAndroid.toFile())) {
      for (Clazz api : read(signature)) {
        String file = api.getName() + ".class";
        byte[] original = original(android, file);
        if (original != null) {
          classes.put(file, cutDown(original, api));
        }
      }
    }
    AppJar.write(classes, jar);
  }

  // the format is that of Java's own serialization; where it comes from, the build has checked
  @SuppressWarnings("BanSerializableRead")
  private static List<Clazz> read(Path signature) throws IOException {
    List<Clazz> classes = new ArrayList<>();
    try (ObjectInputStream in =
        new ObjectInputStream(new GZIPInputStream(Files.newInputStream(signature)))) {
      for (Object read = in.readObject(); read != null; read = in.readObject()) {
        classes.add((Clazz) read);
      }
    } catch (ClassNotFoundException e) {
      throw new IOException(signature + " is no signature", e);
    }
    return classes;
  }

  private static byte @Nullable [] original(ZipFile android, String file) throws IOException {
    ZipEntry entry = android.getEntry(file);
    try (InputStream in =
        entry == null
            ? ClassLoader.getPlatformClassLoader().getResourceAsStream(file)
            : android.getInputStream(entry)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private static byte[] cutDown(byte[] original, Clazz api) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(original)
        .accept(
            new ListedMembers(writer, api),
            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }

  /** Lets a class pass with its supertypes and members as they are listed, and nothing besides. */
  private static final class ListedMembers extends ClassVisitor {
    private final ClassWriter writer;
    private final Clazz listed;

    ListedMembers(ClassWriter writer, Clazz listed) {
      // without a delegate: what is not passed on by hand is dropped
      super(Opcodes.ASM9);
      this.writer = writer;
      this.listed = listed;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String generic,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      writer.visit(
          Opcodes.V1_8,
          access & ~Opcodes.ACC_RECORD,
          name,
          null,
          listed.getSuperClass(),
          listed.getSuperInterfaces());
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String generic,
        @Nullable Object value) {
      return listed.getSignatures().contains(name + "#" + descriptor)
          ? writer.visitField(access, name, descriptor, null, value)
          : null;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String generic,
        String @Nullable [] exceptions) {
      return listed.getSignatures().contains(name + descriptor)
          ? writer.visitMethod(access, name, descriptor, null, exceptions)
          : null;
    }
  }
}
