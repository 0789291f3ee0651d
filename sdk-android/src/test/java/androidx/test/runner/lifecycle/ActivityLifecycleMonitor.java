package androidx.test.runner.lifecycle;

/** Stands in for the class of androidx.test, which Robolectric asks for and Maven Central lacks. */
public interface ActivityLifecycleMonitor {}
