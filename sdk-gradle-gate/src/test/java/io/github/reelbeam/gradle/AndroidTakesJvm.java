package io.github.reelbeam.gradle;

import org.gradle.api.attributes.AttributeCompatibilityRule;
import org.gradle.api.attributes.CompatibilityCheckDetails;

/** What Kotlin is compiled to for a JVM fits Android. Public, for Gradle makes it. */
public class AndroidTakesJvm implements AttributeCompatibilityRule<String> {
  @Override
  public void execute(CompatibilityCheckDetails<String> details) {
    if ("androidJvm".equals(details.getConsumerValue())
        && "jvm".equals(details.getProducerValue())) {
      details.compatible();
    }
  }
}
