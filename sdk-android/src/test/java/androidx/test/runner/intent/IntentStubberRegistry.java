package androidx.test.runner.intent;

/** Stands in for the class of androidx.test, which Robolectric asks for and Maven Central lacks. */
public final class IntentStubberRegistry {
  private IntentStubberRegistry() {}

  /** There is none. */
  public static boolean isLoaded() {
    return false;
  }

  /** Never called: none is loaded. */
  public static IntentStubber getInstance() {
    return intent -> null;
  }
}
