package androidx.test.platform.app;

import android.app.Instrumentation;
import android.os.Bundle;

/** Stands in for the class of androidx.test, which Robolectric asks for and Maven Central lacks. */
public final class InstrumentationRegistry {
  private InstrumentationRegistry() {}

  /** Nobody asks for it here. */
  public static void registerInstance(Instrumentation instrumentation, Bundle arguments) {}
}
