package androidx.test.internal.runner.lifecycle;

import android.app.Application;
import androidx.test.runner.lifecycle.ApplicationLifecycleMonitor;
import androidx.test.runner.lifecycle.ApplicationStage;

/** Stands in for the class of androidx.test, which Robolectric asks for and Maven Central lacks. */
public final class ApplicationLifecycleMonitorImpl implements ApplicationLifecycleMonitor {
  /** Nobody listens. */
  public void signalLifecycleChange(Application changed, ApplicationStage stage) {}
}
