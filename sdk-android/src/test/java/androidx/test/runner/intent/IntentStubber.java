package androidx.test.runner.intent;

import android.app.Instrumentation.ActivityResult;
import android.content.Intent;

/** Stands in for the class of androidx.test, which Robolectric asks for and Maven Central lacks. */
public interface IntentStubber {
  /** Never called: there is none. */
  ActivityResult getActivityResultForIntent(Intent intent);
}
