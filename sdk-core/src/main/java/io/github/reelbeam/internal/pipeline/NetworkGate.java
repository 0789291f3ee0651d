package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.NetworkPolicy;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.internal.log.Loggers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where uploads wait while the app's {@link NetworkPolicy} forbids them the network. */
public final class NetworkGate implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Loggers.EVENTS);

  private final NetworkPolicy policy;
  private final NetworkPolicy.Watch watch;

  // one of the two is done, the other waits to be
  private CompletableFuture<Void> opened = new CompletableFuture<>();
  private CompletableFuture<Void> shut = CompletableFuture.completedFuture(null);

  /** Asks the policy, and again whenever it says so, until this is closed. */
  public NetworkGate(NetworkPolicy policy) {
    this.policy = policy;
    set(policy.allowsUploads());
    this.watch = policy.watch(this::look);
    // it may have changed before it was watched
    look();
  }

  private void look() {
    boolean allowed;
    try {
      allowed = policy.allowsUploads();
    } catch (RuntimeException e) {
      log.warn("the network policy failed; what it said before stands", e);
      return;
    }
    set(allowed);
  }

  private void set(boolean open) {
    CompletableFuture<Void> news;
    synchronized (this) {
      if (opened.isDone() == open) {
        return;
      }
      news = open ? opened : shut;
      if (open) {
        shut = new CompletableFuture<>();
      } else {
        opened = new CompletableFuture<>();
      }
    }
    news.complete(null);
  }

  private synchronized CompletableFuture<Void> opened() {
    return opened;
  }

  /** Done once uploads may not use the network any more. */
  synchronized CompletableFuture<Void> shut() {
    return shut;
  }

  /** Waits until uploads may use the network. */
  void await(UploadJob job, StopSignal stop) throws StoppedException {
    CompletableFuture<Void> open = opened();
    if (open.isDone()) {
      return;
    }
    job.enter(UploadState.WAITING, WaitReason.NETWORK_POLICY);
    try {
      stop.await(open);
    } catch (ExecutionException e) {
      throw new IllegalStateException("it opens or it does not", e);
    }
    job.enter(job.entry().state());
  }

  /** Stops to listen to the policy; nobody waits any more. */
  @Override
  public void close() {
    watch.close();
  }
}
