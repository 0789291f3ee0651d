package androidx.work;

import android.content.Context;

/** As much of WorkManager's class of this name as the sample app is compiled against. */
public abstract class ListenableWorker {
  private final Context context;

  ListenableWorker(Context context) {
    this.context = context;
  }

  /** The app's context. */
  public final Context getApplicationContext() {
    return context;
  }

  /** Whether the work is to stop. */
  public final boolean isStopped() {
    return false;
  }

  /** Called when the work is to stop. */
  public void onStopped() {}

  /** How the work went. */
  public static final class Result {
    private Result() {}

    /** It is done. */
    public static Result success() {
      return new Result();
    }

    /** It is to be tried again later. */
    public static Result retry() {
      return new Result();
    }

    /** It failed for good. */
    public static Result failure() {
      return new Result();
    }
  }
}
