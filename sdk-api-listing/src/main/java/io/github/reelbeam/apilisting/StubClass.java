package io.github.reelbeam.apilisting;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Lets pass what is public or protected of a class, without the code. */
final class StubClass extends ClassVisitor {
  StubClass(ClassVisitor out) {
    super(Opcodes.ASM9, out);
  }

  /** Code has types nested in each other reach private members; there is none left. */
  @Override
  public void visitNestHost(String nestHost) {}

  @Override
  public void visitNestMember(String nestMember) {}

  @Override
  public @Nullable FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    // private mostly, but without it what was serialized before could not be read
    boolean kept = isKept(access) || name.equals("serialVersionUID");
    return kept ? super.visitField(access, name, descriptor, signature, value) : null;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    if (!isKept(access)) {
      return null;
    }
    MethodVisitor out = super.visitMethod(access, name, descriptor, signature, exceptions);
    return (access & Opcodes.ACC_ABSTRACT) == 0 ? new EmptyBody(out, descriptor, access) : out;
  }

  private static boolean isKept(int access) {
    return PublicTypes.isVisible(access) && (access & Opcodes.ACC_SYNTHETIC) == 0;
  }
}
