package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.testservers.BackendCall;
import io.github.reelbeam.testservers.BackendFault;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.FaultProxy;
import io.github.reelbeam.testservers.Notification;
import io.github.reelbeam.testservers.ProxiedRequest;
import io.github.reelbeam.testservers.RequestHead;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A store and a backend that sends clients there, each behind a proxy that can misbehave. */
public final class Servers implements AutoCloseable {
  public static final int MIB = 1 << 20;
  public static final int PART = 5 * MIB;

  public final EmbeddedS3 s3 = EmbeddedS3.start();
  public final FaultProxy proxy;
  public final EmbeddedBackend backend;
  public final FaultProxy backendProxy;
  public final UploadJournal journal = UploadJournal.inMemory();
  private final boolean cleartext;

  private volatile Function<RequestHead, Fault> faults = head -> Fault.pass();

  private volatile Function<RequestHead, Fault> backendNetwork = head -> Fault.pass();

  private volatile Function<BackendCall, BackendFault> backendFaults = call -> BackendFault.none();

  private Servers(Duration credentialValidity, UnaryOperator<URI> storeAddress) {
    this(credentialValidity, storeAddress, false);
  }

  private Servers(Duration credentialValidity, UnaryOperator<URI> storeAddress, boolean cleansUp) {
    proxy = FaultProxy.start(s3.endpoint(), head -> faults.apply(head));
    URI store = storeAddress.apply(proxy.uri());
    cleartext = store.getScheme().equals("http") && !store.getHost().equals(proxy.uri().getHost());
    EmbeddedBackend.Builder settings =
        EmbeddedBackend.builder(s3)
            .s3Endpoint(store)
            .credentialValidity(credentialValidity)
            .faults(call -> backendFaults.apply(call));
    backend = (cleansUp ? settings : settings.keepLeftovers()).start();
    backendProxy = FaultProxy.start(backend.uri(), head -> backendNetwork.apply(head));
  }

  public static Servers start() {
    return new Servers(Duration.ofHours(1), proxy -> proxy);
  }

  /**
   * The backend aborts what is left open of an upload when it has verified its object, as real ones
   * do. Otherwise it does not: nothing dies without a goodbye, and what is left open is a leak.
   */
  public static Servers thatCleanUp() {
    return new Servers(Duration.ofHours(1), proxy -> proxy, true);
  }

  static Servers withCredentialsFor(Duration validity) {
    return new Servers(validity, proxy -> proxy);
  }

  /** The store goes by a name, which takes a client that can resolve it. */
  static Servers withStoreCalled(String name) {
    return withStoreAt(proxy -> URI.create("http://" + name + ":" + proxy.getPort()));
  }

  /**
   * Clients reach the store by another address than that of its proxy.
   *
   * @param address puts something in front of the proxy
   */
  static Servers withStoreAt(UnaryOperator<URI> address) {
    return new Servers(Duration.ofHours(1), address);
  }

  /** What goes wrong from now on. */
  public void faults(Function<RequestHead, Fault> script) {
    faults = script;
  }

  /** What goes wrong with the backend from now on. */
  void backendFaults(Function<BackendCall, BackendFault> script) {
    backendFaults = script;
  }

  /** What goes wrong from now on with requests on their way to the backend, and back. */
  public void backendNetwork(Function<RequestHead, Fault> script) {
    backendNetwork = script;
  }

  /** Takes the network away: neither store nor backend can be reached. */
  void goOffline() {
    proxy.goOffline();
    backendProxy.goOffline();
  }

  void goOnline() {
    proxy.goOnline();
    backendProxy.goOnline();
  }

  /** An uploader with parts of 5 MiB, four at a time, that loses no time when it tries again. */
  public VideoUploader.Builder uploader() {
    VideoUploader.Builder uploader =
        VideoUploader.builder()
            .backend(backendProxy.uri(), () -> "Bearer none")
            .journal(journal)
            .transferOptions(options().build());
    return cleartext ? uploader.allowCleartext() : uploader;
  }

  /** Every wait is one of virtual time: a request to the backend is not repeated by itself. */
  VideoUploader uploaderIn(VirtualScheduler time) {
    RetryPolicy policy =
        RetryPolicy.builder()
            .maxAttempts(1)
            .baseDelay(Duration.ofSeconds(5))
            .maxDelay(Duration.ofSeconds(30))
            .build();
    return uploader()
        .transferOptions(options().retryPolicy(policy).build())
        .time(time, time)
        .build();
  }

  public static TransferOptions.Builder options() {
    return TransferOptions.builder()
        .partSize(PART)
        .parallelism(4)
        // however fast the machine happens to be
        .adaptiveParallelism(false)
        .stallTimeout(Duration.ofSeconds(2))
        .retryPolicy(
            RetryPolicy.builder()
                .maxAttempts(4)
                .baseDelay(Duration.ofMillis(50))
                .maxDelay(Duration.ofMillis(200))
                .build());
  }

  /** The requests that carried a part, as they arrived at the proxy. */
  public List<ProxiedRequest> partRequests() {
    return proxy.requests().stream().filter(r -> r.partNumber().isPresent()).toList();
  }

  /** The requests that have ended and are of one kind. */
  public List<ProxiedRequest> requests(Predicate<RequestHead> kind) {
    return proxy.requests().stream().filter(r -> kind.test(r.head())).toList();
  }

  /**
   * What has to hold at the end, whatever happened on the way: one object with the right bytes, one
   * asset, always told under the same key, and nothing left behind.
   */
  public void verifyStoredOnce(Path file, VideoAsset asset) throws IOException {
    assertThat(s3.keys()).containsExactly(asset.key());
    assertThat(TestFiles.mismatch(file, s3.open(asset.key()))).isEqualTo(-1);
    assertThat(backend.assets())
        .singleElement()
        .satisfies(a -> assertThat(a.uploadId()).isEqualTo(asset.uploadId().value()));
    assertThat(backend.notifications())
        .extracting(Notification::idempotencyKey)
        .containsOnly(asset.uploadId().value());
    verifyNothingIsLeft();
  }

  /** No open multipart upload in the store, no entry in the journal. */
  public void verifyNothingIsLeft() {
    assertThat(s3.openUploads()).isEmpty();
    assertThat(journal.entries()).isEmpty();
  }

  @Override
  public void close() {
    backendProxy.close();
    backend.close();
    proxy.close();
    s3.close();
  }
}
