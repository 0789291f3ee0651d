package io.github.reelbeam;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads every value of an immutable object, those of accessors yet to be written included. */
public final class Accessors {
  private static final Set<String> NO_VALUES = Set.of("toBuilder", "toString", "hashCode");

  private Accessors() {}

  public static Map<String, Object> valuesOf(Object value) {
    Map<String, Object> values = new TreeMap<>();
    Arrays.stream(value.getClass().getDeclaredMethods())
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !Modifier.isStatic(m.getModifiers()))
        .filter(m -> m.getParameterCount() == 0 && !NO_VALUES.contains(m.getName()))
        .forEach(m -> values.put(m.getName(), call(m, value)));
    return values;
  }

  private static Object call(Method accessor, Object value) {
    try {
      return accessor.invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError(accessor + " failed", e);
    }
  }
}
