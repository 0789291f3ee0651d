package io.github.reelbeam.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reelbeam.UploadId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class UploadContextTest {
  private final UploadContext one = UploadContext.of(new UploadId("one"));
  private final UploadContext two = UploadContext.of(new UploadId("two"));
  private final List<@Nullable String> seen = new ArrayList<>();

  @AfterEach
  void clear() {
    MDC.clear();
  }

  private void look() {
    seen.add(MDC.get(UploadContext.KEY));
  }

  @Test
  void namesTheUploadForAsLongAsItsWorkTakes() {
    one.run(this::look);
    look();
    assertThat(seen).containsExactly("one", null);
  }

  @Test
  void givesAThreadBackToTheUploadThatHadItBefore() {
    one.run(
        () -> {
          two.run(this::look);
          look();
        });
    assertThat(seen).containsExactly("two", "one");
  }

  @Test
  void leavesNothingBehindAWorkThatFails() {
    assertThatThrownBy(
            () ->
                one.get(
                    () -> {
                      throw new IllegalStateException("work");
                    }))
        .hasMessage("work");
    look();
    assertThat(seen).containsExactly((String) null);
  }

  @Test
  void leavesTheAppsOwnMdcAlone() {
    MDC.put("user", "alice");
    one.run(() -> assertThat(MDC.getCopyOfContextMap()).containsEntry("user", "alice").hasSize(2));
    assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("user");
  }

  @Test
  void namesTheUploadOnTheThreadThatDoesTheWork() {
    List<Runnable> later = new ArrayList<>();
    Executor executor = one.on(later::add);
    executor.execute(this::look);
    two.run(() -> later.forEach(Runnable::run));
    assertThat(seen).containsExactly("one");
  }

  @Test
  void whatIsDoneForNoUploadNamesNone() {
    UploadContext.NONE.run(this::look);
    one.run(() -> UploadContext.NONE.run(this::look));
    assertThat(seen).containsExactly(null, "one");
  }
}
