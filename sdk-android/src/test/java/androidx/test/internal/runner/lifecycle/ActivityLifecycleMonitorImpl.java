package androidx.test.internal.runner.lifecycle;

import android.app.Activity;
import androidx.test.runner.lifecycle.ActivityLifecycleMonitor;
import androidx.test.runner.lifecycle.Stage;

/** Stands in for the class of androidx.test, which Robolectric asks for and Maven Central lacks. */
public final class ActivityLifecycleMonitorImpl implements ActivityLifecycleMonitor {
  /** Nobody listens. */
  public void signalLifecycleChange(Stage stage, Activity changed) {}
}
