package androidx.test.runner.lifecycle;

/** Stands in for the class of androidx.test, which Robolectric asks for and Maven Central lacks. */
public final class ApplicationLifecycleMonitorRegistry {
  private ApplicationLifecycleMonitorRegistry() {}

  /** Nobody asks for it here. */
  public static void registerInstance(ApplicationLifecycleMonitor monitor) {}
}
