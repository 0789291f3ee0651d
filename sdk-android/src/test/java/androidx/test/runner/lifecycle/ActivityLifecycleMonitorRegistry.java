package androidx.test.runner.lifecycle;

/** Stands in for the class of androidx.test, which Robolectric asks for and Maven Central lacks. */
public final class ActivityLifecycleMonitorRegistry {
  private ActivityLifecycleMonitorRegistry() {}

  /** Nobody asks for it here. */
  public static void registerInstance(ActivityLifecycleMonitor monitor) {}
}
