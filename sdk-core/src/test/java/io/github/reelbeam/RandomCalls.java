package io.github.reelbeam;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls the public methods of an object at random. They are found by reflection, so that one which
 * is added later is called too, and needs a test that knows what to give to it.
 */
final class RandomCalls {
  private final List<Method> methods;
  private final Map<Class<?>, Function<Random, Object>> arguments;
  private final Set<String> called = new ConcurrentSkipListSet<>();

  /**
   * @param arguments makes an argument of each type there is
   */
  RandomCalls(
      Class<?> type, Predicate<Method> which, Map<Class<?>, Function<Random, Object>> arguments) {
    this.arguments = arguments;
    this.methods =
        Arrays.stream(type.getMethods())
            .filter(method -> method.getDeclaringClass() == type)
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .filter(which)
            .sorted(Comparator.comparing(Method::toString))
            .toList();
    for (Method method : methods) {
      for (Class<?> argument : method.getParameterTypes()) {
        if (!arguments.containsKey(argument)) {
          throw new AssertionError("what to give to " + method + "?");
        }
      }
    }
  }

  /**
   * Calls one of them.
   *
   * @return what it returned
   * @throws Throwable what it threw
   */
  @Nullable Object call(Object target, Random random) throws Throwable {
    Method method = methods.get(random.nextInt(methods.size()));
    Object[] given =
        Arrays.stream(method.getParameterTypes())
            .map(type -> Objects.requireNonNull(arguments.get(type)).apply(random))
            .toArray();
    called.add(method.toString());
    try {
      return method.invoke(target, given);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Those that no call has hit so far. */
  Set<String> neverCalled() {
    Set<String> left = new TreeSet<>(methods.stream().map(Method::toString).toList());
    left.removeAll(called);
    return left;
  }
}
