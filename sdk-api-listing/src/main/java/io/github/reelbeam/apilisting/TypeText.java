package io.github.reelbeam.apilisting;

import static java.util.stream.Collectors.joining;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.stream.Stream;

/** Types as sources name them, with type arguments and nullness; the same on every JDK. */
final class TypeText {
  private TypeText() {}

  static String of(AnnotatedType type) {
    String annotations = annotations(type);
    if (type instanceof AnnotatedArrayType array) {
      String dimension = annotations.isEmpty() ? "[]" : " " + annotations + "[]";
      return of(array.getAnnotatedGenericComponentType()) + dimension;
    }
    if (type instanceof AnnotatedParameterizedType generic) {
      Type raw = ((ParameterizedType) type.getType()).getRawType();
      return annotations
          + of((Class<?>) raw)
          + "<"
          + all(generic.getAnnotatedActualTypeArguments())
          + ">";
    }
    if (type instanceof AnnotatedWildcardType wildcard) {
      return annotations + wildcard(wildcard);
    }
    if (type instanceof AnnotatedTypeVariable) {
      return annotations + ((TypeVariable<?>) type.getType()).getName();
    }
    return annotations + of((Class<?>) type.getType());
  }

  /** Types with commas between them. */
  static String all(AnnotatedType[] types) {
    return Arrays.stream(types).map(TypeText::of).collect(joining(", "));
  }

  /** The name of a class; those of {@code java.lang} without their package. */
  static String of(Class<?> type) {
    String name = type.getCanonicalName();
    // primitive types are said to be of that package too
    boolean known = type.getPackageName().equals("java.lang") && !type.isPrimitive();
    return known ? name.substring("java.lang.".length()) : name;
  }

  private static String wildcard(AnnotatedWildcardType type) {
    AnnotatedType[] lower = type.getAnnotatedLowerBounds();
    if (lower.length > 0) {
      return "? super " + all(lower);
    }
    String upper = bounds(type.getAnnotatedUpperBounds());
    return upper.isEmpty() ? "?" : "? extends " + upper;
  }

  /** {@code <T extends Bound>}, or nothing where there are no type variables. */
  static String variables(TypeVariable<?>[] variables) {
    if (variables.length == 0) {
      return "";
    }
    return Stream.of(variables).map(TypeText::variable).collect(joining(", ", "<", ">"));
  }

  private static String variable(TypeVariable<?> variable) {
    String bounds = bounds(variable.getAnnotatedBounds());
    return annotations(variable)
        + variable.getName()
        + (bounds.isEmpty() ? "" : " extends " + bounds);
  }

  private static String bounds(AnnotatedType[] bounds) {
    String text = Stream.of(bounds).map(TypeText::of).collect(joining(" & "));
    return text.equals("Object") ? "" : text;
  }

  /** The annotations that stay in the class file, by their simple names, each with a space. */
  static String annotations(AnnotatedElement element) {
    return Stream.of(element.getDeclaredAnnotations())
        .map(Annotation::annotationType)
        .map(type -> "@" + type.getSimpleName() + " ")
        .sorted()
        .collect(joining());
  }
}
