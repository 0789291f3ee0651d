package io.github.reelbeam.backend;

import io.github.reelbeam.apilisting.PublicApi;
import org.junit.jupiter.api.Test;

class PublicApiTest {
  /** Whoever changes the API updates {@code api/reelbeam-backend.api} in the same change. */
  @Test
  void isAsListed() throws Exception {
    PublicApi.of("reelbeam-backend", UploadHandlers.class).check();
  }
}
