package io.github.reelbeam.android;

import android.os.Handler;
import android.os.Looper;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks one after the other on the app's main thread, where views may be touched. */
final class MainThread implements Executor {
  private final Handler handler = new Handler(Looper.getMainLooper());

  @Override
  public void execute(Runnable task) {
    if (!handler.post(task)) {
      throw new RejectedExecutionException("the main thread takes no more tasks");
    }
  }
}
