package io.github.reelbeam;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks at every type that a class's public face names: supertypes, public and protected methods,
 * constructors and fields, type arguments included.
 */
final class MentionOnly extends ArchCondition<JavaClass> {
  private final Predicate<JavaClass> allowed;

  MentionOnly(Predicate<JavaClass> allowed) {
    super("mention only what the public API consists of");
    this.allowed = allowed;
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    type.getSuperclass().ifPresent(parent -> check(type, "extends", Stream.of(parent), events));
    check(type, "implements", type.getInterfaces().stream(), events);
    for (JavaCodeUnit unit : type.getCodeUnits()) {
      if (isPublic(unit.getModifiers())) {
        check(type, unit.getFullName(), Stream.of(unit.getReturnType()), events);
        check(type, unit.getFullName(), unit.getParameterTypes().stream(), events);
        check(type, unit.getFullName(), unit.getExceptionTypes().stream(), events);
      }
    }
    for (JavaField field : type.getFields()) {
      if (isPublic(field.getModifiers())) {
        check(type, field.getFullName(), Stream.of(field.getType()), events);
      }
    }
  }

  private static boolean isPublic(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private void check(
      JavaClass type, String where, Stream<? extends JavaType> named, ConditionEvents events) {
    named
        .flatMap(one -> one.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getBaseComponentType)
        .filter(allowed.negate())
        .forEach(
            one ->
                events.add(
                    SimpleConditionEvent.violated(type, where + " mentions " + one.getName())));
  }
}
