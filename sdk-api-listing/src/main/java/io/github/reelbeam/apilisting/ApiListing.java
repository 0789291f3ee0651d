package io.github.reelbeam.apilisting;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The text of a listing: packages, then type by type, each with its members, all sorted. */
final class ApiListing {
  private ApiListing() {}

  static String of(List<Class<?>> types) {
    StringBuilder text =
        new StringBuilder(
            "# The public API. Made by PublicApiTest, not by hand: docs/compatibility.md\n\n");
    for (String line : packages(types)) {
      text.append(line).append('\n');
    }
    for (Class<?> type : types) {
      text.append('\n').append(header(type)).append('\n');
      for (String member : MemberText.of(type)) {
        text.append("  ").append(member).append('\n');
      }
    }
    return text.toString();
  }

  private static Set<String> packages(List<Class<?>> types) {
    Set<String> lines = new TreeSet<>();
    for (Class<?> type : types) {
      Package home = type.getPackage();
      lines.add(TypeText.annotations(home) + "package " + home.getName());
    }
    return lines;
  }

  static String header(Class<?> type) {
    return TypeText.annotations(type)
        + modifiers(type)
        + kind(type)
        + type.getCanonicalName()
        + TypeText.variables(type.getTypeParameters())
        + components(type)
        + superclass(type)
        + list(type.isInterface() ? " extends " : " implements ", type.getAnnotatedInterfaces())
        + permitted(type);
  }

  private static String modifiers(Class<?> type) {
    int modifiers = type.getModifiers();
    return (Modifier.isPublic(modifiers) ? "public " : "protected ")
        + (Modifier.isStatic(modifiers) ? "static " : "")
        + (Modifier.isAbstract(modifiers) && !type.isInterface() ? "abstract " : "")
        + (Modifier.isFinal(modifiers) && !type.isEnum() && !type.isRecord() ? "final " : "")
        + (type.isSealed() ? "sealed " : "");
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface ";
    }
    if (type.isInterface()) {
      return "interface ";
    }
    if (type.isEnum()) {
      return "enum ";
    }
    return type.isRecord() ? "record " : "class ";
  }

  private static String components(Class<?> type) {
    if (!type.isRecord()) {
      return "";
    }
    return Stream.of(Objects.requireNonNull(type.getRecordComponents()))
        .map(ApiListing::component)
        .collect(joining(", ", "(", ")"));
  }

  private static String component(RecordComponent component) {
    return TypeText.of(component.getAnnotatedType()) + " " + component.getName();
  }

  /** But for those that follow from what kind of type it is. */
  private static String superclass(Class<?> type) {
    Class<?> superclass = type.getSuperclass();
    if (superclass == null || superclass == Object.class || type.isEnum() || type.isRecord()) {
      return "";
    }
    return " extends " + TypeText.of(type.getAnnotatedSuperclass());
  }

  private static String list(String word, AnnotatedType[] types) {
    return types.length == 0 ? "" : word + TypeText.all(types);
  }

  private static String permitted(Class<?> type) {
    if (!type.isSealed()) {
      return "";
    }
    return Stream.of(Objects.requireNonNull(type.getPermittedSubclasses()))
        .filter(PublicTypes::isPublic)
        .map(Class::getCanonicalName)
        .collect(joining(", ", " permits ", ""));
  }
}
