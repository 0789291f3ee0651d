package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.RetryCause;
import io.github.reelbeam.internal.transfer.StoreRequest;
import io.github.reelbeam.internal.transfer.TransferObserver;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunReportsTest {
  private final List<String> heard = new ArrayList<>();
  private final RunReports reports = new RunReports(hearer(() -> {}));

  /** Hears everything, whatever is added to the interface. */
  private TransferObserver hearer(Runnable whileItHears) {
    return (TransferObserver)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {TransferObserver.class},
            (proxy, method, arguments) -> {
              whileItHears.run();
              heard.add(method.getName());
              return null;
            });
  }

  private static void reportAll(TransferObserver observer) {
    observer.resumed(Map.of(1, 1L));
    observer.partSent(1, 1);
    observer.partDropped(1);
    observer.partCommitted(1, 1, null);
    observer.partRetry(new PartRetry(1, 1, Duration.ZERO, RetryCause.CONNECTION, "why"));
    observer.requestSent();
    observer.requestEnded(new StoreRequest("UploadPart", 1, 200, Duration.ZERO, "R", null, null));
    observer.unreachable();
    observer.reachable();
  }

  @Test
  void whatARunReportsIsPassedOn() {
    reports.multipartOpened("id");
    reportAll(reports);
    reports.beforeComplete();
    assertThat(heard)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(TransferObserver.class.getMethods()).map(Method::getName).toList());
  }

  @Test
  void nothingIsHeardOfARunThatIsOver() {
    reports.end();
    reportAll(reports);
    assertThat(heard).isEmpty();
  }

  /** What would come of it without anybody to know is kept from happening. */
  @Test
  void aRunThatIsOverGetsNoLeaveToGoOn() {
    reports.end();
    assertThatIllegalStateException().isThrownBy(() -> reports.multipartOpened("id"));
    assertThatIllegalStateException().isThrownBy(reports::beforeComplete);
    assertThat(heard).isEmpty();
  }

  @Test
  void theEndWaitsForAReportThatIsBeingHeard() throws Exception {
    CountDownLatch hearing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    RunReports slow =
        new RunReports(
            hearer(
                () -> {
                  hearing.countDown();
                  awaitUninterrupted(goOn);
                }));
    Thread reporting = new Thread(() -> slow.partCommitted(1, 1, null));
    reporting.start();
    assertThat(hearing.await(10, TimeUnit.SECONDS)).isTrue();
    FutureTask<List<String>> end =
        new FutureTask<>(
            () -> {
              slow.end();
              return List.copyOf(heard);
            });
    new Thread(end).start();
    goOn.countDown();
    assertThat(end.get(10, TimeUnit.SECONDS)).containsExactly("partCommitted");
    reporting.join();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
