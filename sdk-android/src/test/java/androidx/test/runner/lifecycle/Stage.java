package androidx.test.runner.lifecycle;

/** Stands in for the class of androidx.test, which Robolectric asks for and Maven Central lacks. */
public enum Stage {
  /** Of an activity. */
  PRE_ON_CREATE,
  /** Of an activity. */
  CREATED,
  /** Of an activity. */
  STARTED,
  /** Of an activity. */
  RESUMED,
  /** Of an activity. */
  PAUSED,
  /** Of an activity. */
  STOPPED,
  /** Of an activity. */
  RESTARTED,
  /** Of an activity. */
  DESTROYED
}
