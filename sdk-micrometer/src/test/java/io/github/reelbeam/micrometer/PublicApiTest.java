package io.github.reelbeam.micrometer;

import io.github.reelbeam.apilisting.PublicApi;
import org.junit.jupiter.api.Test;

class PublicApiTest {
  /** Whoever changes the API updates {@code api/reelbeam-micrometer.api} in the same change. */
  @Test
  void isAsListed() throws Exception {
    PublicApi.of("reelbeam-micrometer", ReelbeamMetrics.class).check();
  }
}
