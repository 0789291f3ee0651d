package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.PendingUpload;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadRequest;
import java.util.List;
import java.util.Optional;

/** The uploads that are live in this process. */
public interface Uploads extends AutoCloseable {
  Upload start(UploadRequest request);

  Optional<Upload> resume(UploadId id, List<UploadListener> listeners);

  List<Upload> resumeAll();

  List<PendingUpload> pending();

  boolean discard(UploadId id);

  @Override
  void close();
}
