package io.github.reelbeam;

import io.github.reelbeam.testservers.NetworkLink;
import io.github.reelbeam.testservers.TlsFront;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A store and a backend, each at the end of a network that can misbehave, with TLS or without. */
final class LinkedServers implements AutoCloseable {
  final Servers servers;
  final NetworkLink toStore;
  final NetworkLink toBackend;
  private final @Nullable TlsFront storeFront;
  private final @Nullable TlsFront backendFront;

  private LinkedServers(
      boolean https,
      UnaryOperator<NetworkLink.Builder> toStore,
      UnaryOperator<NetworkLink.Builder> toBackend) {
    List<TlsFront> fronts = new ArrayList<>();
    List<NetworkLink> links = new ArrayList<>();
    this.servers =
        Servers.withStoreAt(
            proxy -> {
              if (https) {
                fronts.add(TlsFront.start(proxy));
              }
              URI far = https ? fronts.get(0).uri() : proxy;
              links.add(toStore.apply(NetworkLink.builder(far)).start());
              return links.get(0).uri();
            });
    this.toStore = links.get(0);
    this.storeFront = https ? fronts.get(0) : null;
    URI backend = servers.backendProxy.uri();
    this.backendFront = storeFront == null ? null : storeFront.startBeside(backend);
    this.toBackend =
        toBackend
            .apply(NetworkLink.builder(backendFront == null ? backend : backendFront.uri()))
            .start();
  }

  static LinkedServers withStore(boolean https, UnaryOperator<NetworkLink.Builder> toStore) {
    return new LinkedServers(https, toStore, link -> link);
  }

  static LinkedServers withBackend(boolean https, UnaryOperator<NetworkLink.Builder> toBackend) {
    return new LinkedServers(https, link -> link, toBackend);
  }

  /** A client that trusts these servers, if there is anything to trust. */
  OkHttpClient.Builder client() {
    OkHttpClient.Builder client = new OkHttpClient.Builder();
    return storeFront == null
        ? client
        : client.sslSocketFactory(
            storeFront.clientSslContext().getSocketFactory(), storeFront.trustManager());
  }

  VideoUploader.Builder uploader() {
    return servers.uploader().backend(toBackend.uri(), () -> "Bearer none");
  }

  @Override
  public void close() {
    toBackend.close();
    toStore.close();
    if (backendFront != null) {
      backendFront.close();
    }
    if (storeFront != null) {
      storeFront.close();
    }
    servers.close();
  }
}
