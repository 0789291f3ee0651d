package io.github.reelbeam.gradle;

import org.gradle.api.Named;
import org.gradle.api.attributes.Attribute;
import org.gradle.api.attributes.AttributeContainer;
import org.gradle.api.attributes.AttributesSchema;
import org.gradle.api.attributes.Bundling;
import org.gradle.api.attributes.Category;
import org.gradle.api.attributes.LibraryElements;
import org.gradle.api.attributes.Usage;
import org.gradle.api.attributes.java.TargetJvmEnvironment;
import org.gradle.api.attributes.java.TargetJvmVersion;
import org.gradle.api.model.ObjectFactory;

/** What kinds of builds ask for, when they look for what their programs run with. */
enum Consumer {
  JAVA_17,
  JAVA_11,
  /** An app in Java: its build says nothing of Kotlin. */
  ANDROID_JAVA,
  ANDROID_KOTLIN;

  /** As Kotlin's plugin names it, which is no part of Gradle. */
  private static final Attribute<String> KOTLIN_PLATFORM =
      Attribute.of("org.jetbrains.kotlin.platform.type", String.class);

  /** The rule of Kotlin's plugin: what is for a JVM runs on Android, too. */
  static void addRules(AttributesSchema schema) {
    schema.attribute(
        KOTLIN_PLATFORM, rules -> rules.getCompatibilityRules().add(AndroidTakesJvm.class));
  }

  void ask(AttributeContainer attributes, ObjectFactory values) {
    ask(attributes, values, Usage.USAGE_ATTRIBUTE, Usage.JAVA_RUNTIME);
    ask(attributes, values, Category.CATEGORY_ATTRIBUTE, Category.LIBRARY);
    switch (this) {
      case JAVA_17 -> askAsJava(attributes, values, 17);
      case JAVA_11 -> askAsJava(attributes, values, 11);
      case ANDROID_JAVA -> askAsAndroid(attributes, values);
      case ANDROID_KOTLIN -> {
        askAsAndroid(attributes, values);
        attributes.attribute(KOTLIN_PLATFORM, "androidJvm");
      }
    }
  }

  private static void askAsJava(AttributeContainer attributes, ObjectFactory values, int version) {
    ask(
        attributes,
        values,
        TargetJvmEnvironment.TARGET_JVM_ENVIRONMENT_ATTRIBUTE,
        TargetJvmEnvironment.STANDARD_JVM);
    ask(attributes, values, LibraryElements.LIBRARY_ELEMENTS_ATTRIBUTE, LibraryElements.JAR);
    ask(attributes, values, Bundling.BUNDLING_ATTRIBUTE, Bundling.EXTERNAL);
    attributes.attribute(TargetJvmVersion.TARGET_JVM_VERSION_ATTRIBUTE, version);
  }

  /**
   * The attributes of Android's plugin that are Gradle's; those of its own (the build type and the
   * like) nobody outside an Android build has. It asks for no version of Java: D8 takes what comes.
   */
  private static void askAsAndroid(AttributeContainer attributes, ObjectFactory values) {
    ask(
        attributes,
        values,
        TargetJvmEnvironment.TARGET_JVM_ENVIRONMENT_ATTRIBUTE,
        TargetJvmEnvironment.ANDROID);
  }

  private static <T extends Named> void ask(
      AttributeContainer attributes, ObjectFactory values, Attribute<T> attribute, String value) {
    attributes.attribute(attribute, values.named(attribute.getType(), value));
  }
}
