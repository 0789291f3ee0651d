package io.github.reelbeam;

import io.github.reelbeam.apilisting.PublicApi;
import org.junit.jupiter.api.Test;

class PublicApiTest {
  /** Whoever changes the API updates {@code api/reelbeam-core.api} in the same change. */
  @Test
  void isAsListed() throws Exception {
    PublicApi.of("reelbeam-core", VideoUploader.class).check();
  }
}
