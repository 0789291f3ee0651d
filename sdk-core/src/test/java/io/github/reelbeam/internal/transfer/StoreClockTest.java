package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.SkewedClock;
import io.github.reelbeam.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;

class StoreClockTest {
  private static final Instant BACKEND = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant STORE = Instant.parse("2026-03-01T12:00:07Z");
  private static final String STORE_DATE = "Sun, 1 Mar 2026 12:00:07 GMT";

  private final SkewedClock machine = new SkewedClock(Duration.ofHours(2));
  private final VirtualTime time = new VirtualTime();
  private final StoreClock clock = new StoreClock(machine, time);

  @Test
  void beginsWithTheMachinesOwnClock() {
    Duration ahead = Duration.between(Instant.now(), clock.now());
    assertThat(ahead).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
  }

  @Test
  void believesTheBackendBeforeTheMachine() {
    clock.toldByBackend(BACKEND);
    assertThat(clock.now()).isEqualTo(BACKEND);
  }

  @Test
  void believesTheStoreBeforeTheBackend() {
    answer(STORE_DATE);
    clock.toldByBackend(BACKEND);
    assertThat(clock.now()).isEqualTo(STORE);
  }

  @Test
  void theBackendsLastWordCounts() {
    clock.toldByBackend(BACKEND);
    clock.toldByBackend(BACKEND.plusSeconds(100));
    assertThat(clock.now()).isEqualTo(BACKEND.plusSeconds(100));
  }

  @Test
  void theStoresLastWordCounts() {
    answer(STORE_DATE);
    answer("Sun, 1 Mar 2026 11:00:00 GMT");
    assertThat(clock.now()).isEqualTo(Instant.parse("2026-03-01T11:00:00Z"));
  }

  @Test
  void runsOnWhoeverSetsTheMachinesClock() {
    answer(STORE_DATE);
    machine.set(Duration.ofHours(-2));
    time.advance(Duration.ofMinutes(20));
    assertThat(clock.now()).isEqualTo(STORE.plus(Duration.ofMinutes(20)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "Mon, 1 Mar 2026 12:00:07 GMT",
        "2026-03-01T12:00:07Z",
        "1 Dec 900099909 02:09 GMT"
      })
  void whatCannotBeReadSaysNothing(String date) {
    clock.toldByBackend(BACKEND);
    answer(date);
    assertThat(clock.now()).isEqualTo(BACKEND);
  }

  private void answer(String date) {
    SdkHttpFullResponse response =
        SdkHttpFullResponse.builder().statusCode(403).putHeader("date", date).build();
    InterceptorContext context =
        InterceptorContext.builder()
            .request(ListPartsRequest.builder().build())
            .httpResponse(response)
            .build();
    assertThat(clock.modifyHttpResponse(context, new ExecutionAttributes())).isSameAs(response);
  }
}
