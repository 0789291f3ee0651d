package androidx.work;

/** As much of WorkManager's class of this name as the sample app is compiled against. */
public final class WorkerParameters {
  private WorkerParameters() {}
}
