package io.github.reelbeam.backend;

import java.util.Optional;

/**
 * Where the app keeps its assets: its own database, as a rule.
 *
 * <p>Implementations have to be safe for use by several threads, and by several machines if the
 * backend runs on several: two unique constraints, on the upload id and on the key, are what makes
 * one asset of a notification that comes twice at once.
 */
public interface AssetStore {

  /** The asset that an upload became, if it did. */
  Optional<RegisteredAsset> findByUploadId(String uploadId);

  /**
   * Registers an asset, durably, unless its upload id or its key is taken; in the same transaction
   * is the place to start the post-processing, so that it starts once.
   *
   * @return what is registered under this upload id, or else under this key, afterwards: the asset
   *     given if it is new
   */
  RegisteredAsset register(RegisteredAsset asset);

  /**
   * Assets that are forgotten with the process, for tests and for trying things out. A client whose
   * notification is answered never tells of its video again: a backend that forgets assets loses
   * videos.
   */
  static AssetStore inMemory() {
    return new MemoryAssetStore();
  }
}
