package io.github.reelbeam.apilisting;

import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.TypePath;

/** Keeps what is said about a method, and has it throw in place of all that it does. */
final class EmptyBody extends MethodVisitor {
  private final MethodVisitor out;
  private final int locals;

  EmptyBody(MethodVisitor out, String descriptor, int access) {
    // what is not passed on below goes nowhere
    super(Opcodes.ASM9);
    this.out = out;
    // the first argument is the object itself, unless there is none
    int words = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
    this.locals = (access & Opcodes.ACC_STATIC) == 0 ? words : words - 1;
  }

  @Override
  public void visitParameter(String name, int access) {
    out.visitParameter(name, access);
  }

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    return out.visitAnnotation(descriptor, visible);
  }

  @Override
  public AnnotationVisitor visitTypeAnnotation(
      int reference, TypePath path, String descriptor, boolean visible) {
    return out.visitTypeAnnotation(reference, path, descriptor, visible);
  }

  @Override
  public void visitCode() {
    out.visitCode();
    out.visitInsn(Opcodes.ACONST_NULL);
    out.visitInsn(Opcodes.ATHROW);
    out.visitMaxs(1, locals);
  }

  @Override
  public void visitEnd() {
    out.visitEnd();
  }
}
