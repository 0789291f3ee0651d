package io.github.reelbeam.apilisting;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Which types of a module a program that uses it can name. */
final class PublicTypes {
  private static final String CLASS = ".class";

  private PublicTypes() {}

  /** Those of a folder of classes, by name; none of them is initialized. */
  static List<Class<?>> in(Path classes, ClassLoader loader) throws IOException {
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(PublicTypes::holdsAType).toList()) {
        String name = name(classes.relativize(file));
        if (isInternal(name)) {
          continue;
        }
        Class<?> type = load(name, loader);
        if (isPublic(type)) {
          types.add(type);
        }
      }
    }
    types.sort(Comparator.comparing(Class::getName));
    return types;
  }

  private static boolean holdsAType(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(CLASS)
        && !name.equals("package-info.class")
        && !name.equals("module-info.class");
  }

  private static String name(Path file) {
    String path = file.toString().replace(file.getFileSystem().getSeparator(), ".");
    return path.substring(0, path.length() - CLASS.length());
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("not a class of this module: " + name, e);
    }
  }

  static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return isVisible(type.getModifiers())
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && (outer == null || isPublic(outer))
        && !isInternal(type.getName());
  }

  /** Whether a member of a type that is public belongs to the API. */
  static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static boolean isInternal(String name) {
    return name.contains(".internal.");
  }
}
