package io.github.reelbeam;

import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.FaultProxy;
import io.github.reelbeam.testservers.ProxiedRequest;
import io.github.reelbeam.testservers.RequestHead;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A store, a proxy in front of it that can misbehave, and a backend that sends clients there. */
final class Servers implements AutoCloseable {
  static final int MIB = 1 << 20;
  static final int PART = 5 * MIB;

  final EmbeddedS3 s3 = EmbeddedS3.start();
  final FaultProxy proxy;
  final EmbeddedBackend backend;
  final UploadJournal journal = UploadJournal.inMemory();

  private volatile Function<RequestHead, Fault> faults = head -> Fault.pass();

  private Servers(Duration credentialValidity) {
    proxy = FaultProxy.start(s3.endpoint(), head -> faults.apply(head));
    backend =
        EmbeddedBackend.builder(s3)
            .s3Endpoint(proxy.uri())
            .credentialValidity(credentialValidity)
            .start();
  }

  static Servers start() {
    return new Servers(Duration.ofHours(1));
  }

  static Servers withCredentialsFor(Duration validity) {
    return new Servers(validity);
  }

  /** What goes wrong from now on. */
  void faults(Function<RequestHead, Fault> script) {
    faults = script;
  }

  /** An uploader with parts of 5 MiB, four at a time, that loses no time when it tries again. */
  VideoUploader.Builder uploader() {
    return VideoUploader.builder()
        .backend(backend.uri(), () -> "Bearer none")
        .journal(journal)
        .transferOptions(options().build());
  }

  static TransferOptions.Builder options() {
    return TransferOptions.builder()
        .partSize(PART)
        .parallelism(4)
        .stallTimeout(Duration.ofSeconds(2))
        .retryPolicy(
            RetryPolicy.builder()
                .maxAttempts(4)
                .baseDelay(Duration.ofMillis(50))
                .maxDelay(Duration.ofMillis(200))
                .build());
  }

  /** The requests that carried a part, as they arrived at the proxy. */
  List<ProxiedRequest> partRequests() {
    return proxy.requests().stream().filter(r -> r.partNumber().isPresent()).toList();
  }

  @Override
  public void close() {
    backend.close();
    proxy.close();
    s3.close();
  }
}
