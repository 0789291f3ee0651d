package io.github.reelbeam.apilisting;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One line for each public or protected member that a type declares itself. */
final class MemberText {
  private MemberText() {}

  /** Constants of an enum in their order, which is part of it, then all others sorted. */
  static List<String> of(Class<?> type) {
    List<String> lines = new ArrayList<>();
    Stream.of(type.getDeclaredFields())
        .filter(Field::isEnumConstant)
        .forEach(constant -> lines.add("constant " + constant.getName()));
    Stream<String> fields =
        Stream.of(type.getDeclaredFields())
            .filter(
                field ->
                    !field.isEnumConstant() && isListed(field.getModifiers(), field.isSynthetic()))
            .map(MemberText::field);
    Stream<String> constructors =
        Stream.of(type.getDeclaredConstructors())
            .filter(each -> isListed(each.getModifiers(), each.isSynthetic()))
            .map(MemberText::constructor);
    Stream<String> methods =
        Stream.of(type.getDeclaredMethods())
            .filter(each -> isListed(each.getModifiers(), each.isSynthetic()))
            .map(MemberText::method);
    Stream.of(fields, constructors, methods).flatMap(each -> each.sorted()).forEach(lines::add);
    return lines;
  }

  private static boolean isListed(int modifiers, boolean synthetic) {
    return PublicTypes.isVisible(modifiers) && !synthetic;
  }

  private static String field(Field field) {
    return annotations(field.isAnnotationPresent(Deprecated.class))
        + Modifier.toString(field.getModifiers() & Modifier.fieldModifiers())
        + " "
        + TypeText.of(field.getAnnotatedType())
        + " "
        + field.getName();
  }

  private static String constructor(Constructor<?> constructor) {
    return start(constructor, Modifier.constructorModifiers())
        + constructor.getDeclaringClass().getSimpleName()
        + end(constructor);
  }

  private static String method(Method method) {
    return start(method, Modifier.methodModifiers() & ~Modifier.SYNCHRONIZED)
        + (method.isDefault() ? "default " : "")
        + TypeText.of(method.getAnnotatedReturnType())
        + " "
        + method.getName()
        + end(method);
  }

  private static String start(Executable member, int shown) {
    String variables = TypeText.variables(member.getTypeParameters());
    return annotations(member.isAnnotationPresent(Deprecated.class))
        + Modifier.toString(member.getModifiers() & shown)
        + " "
        + (variables.isEmpty() ? "" : variables + " ");
  }

  // those of the type of a result are shown with the type
  private static String annotations(boolean deprecated) {
    return deprecated ? "@Deprecated " : "";
  }

  private static String end(Executable member) {
    AnnotatedType[] thrown = member.getAnnotatedExceptionTypes();
    return "("
        + parameters(member)
        + ")"
        + (thrown.length == 0 ? "" : " throws " + TypeText.all(thrown));
  }

  /** A constructor that the compiler made has parameters without a type in the source. */
  private static String parameters(Executable member) {
    Parameter[] parameters = member.getParameters();
    return IntStream.range(0, parameters.length)
        .filter(i -> !parameters[i].isSynthetic())
        .mapToObj(i -> parameter(parameters[i], member.isVarArgs() && i == parameters.length - 1))
        .collect(joining(", "));
  }

  private static String parameter(Parameter parameter, boolean varargs) {
    String text = TypeText.of(parameter.getAnnotatedType());
    return varargs ? text.substring(0, text.length() - "[]".length()) + "..." : text;
  }
}
