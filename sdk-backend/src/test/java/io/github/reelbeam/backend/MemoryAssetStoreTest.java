package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryAssetStoreTest {
  private final AssetStore store = AssetStore.inMemory();
  private final RegisteredAsset first = asset("a-1", "u-1", "k-1");

  private static RegisteredAsset asset(String id, String uploadId, String key) {
    return new RegisteredAsset(
        id, uploadId, "ada", key, 5, null, null, null, null, Map.of(), Instant.EPOCH);
  }

  @Test
  void anUploadBecomesOneAssetWhateverItsKey() {
    assertThat(store.register(first)).isSameAs(first);
    assertThat(store.register(asset("a-2", "u-1", "k-2"))).isSameAs(first);
    assertThat(store.findByUploadId("u-1")).containsSame(first);
  }

  @Test
  void anObjectBecomesOneAssetWhateverItsUpload() {
    assertThat(store.register(first)).isSameAs(first);
    assertThat(store.register(asset("a-2", "u-2", "k-1"))).isSameAs(first);
    assertThat(store.findByUploadId("u-2")).isEmpty();
  }
}
