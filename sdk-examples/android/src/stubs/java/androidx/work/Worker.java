package androidx.work;

import android.content.Context;

/** As much of WorkManager's class of this name as the sample app is compiled against. */
public abstract class Worker extends ListenableWorker {
  /** WorkManager calls it. */
  public Worker(Context context, WorkerParameters parameters) {
    super(context);
  }

  /** Does the work, on a thread of WorkManager's. */
  public abstract Result doWork();
}
