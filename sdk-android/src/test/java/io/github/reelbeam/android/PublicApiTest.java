package io.github.reelbeam.android;

import io.github.reelbeam.apilisting.PublicApi;
import org.junit.jupiter.api.Test;

class PublicApiTest {
  /** Whoever changes the API updates {@code api/reelbeam-android.api} in the same change. */
  @Test
  void isAsListed() throws Exception {
    PublicApi.of("reelbeam-android", AndroidUploads.class).check();
  }
}
