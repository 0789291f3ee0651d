package io.github.reelbeam;

/**
 * Hears what happens to an {@link UploadBatch} as a whole; an {@link UploadListener} in a request
 * hears more of its upload.
 *
 * <p>Every method does nothing unless overridden. The calls for one batch come one after another,
 * never two at a time, on the executor given to the {@link VideoUploader} (a thread of the uploader
 * otherwise). Each file ends once, then comes {@link #onEnded}, and nothing after it; one that is
 * {@linkplain UploadBatch#addListener added} late hears of what comes from then on. A listener that
 * throws is logged and does no harm.
 */
public interface UploadBatchListener {

  /** Bytes have moved or files have ended: at most 10 times a second, the last one always. */
  default void onProgress(BatchProgress progress) {}

  /** A file is stored, and the backend told. */
  default void onFileCompleted(Upload upload, VideoAsset asset) {}

  /** A file has failed; the others go on. */
  default void onFileFailed(Upload upload, UploadException failure) {}

  /** A file was cancelled; the others go on. */
  default void onFileCancelled(Upload upload) {}

  /** The end: every file is at its own. */
  default void onEnded(UploadBatch.Result result) {}
}
