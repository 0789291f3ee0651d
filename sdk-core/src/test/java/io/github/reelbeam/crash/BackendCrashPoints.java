package io.github.reelbeam.crash;

import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.HttpCredentialsFetcher;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.notify.AssetNotifier;
import io.github.reelbeam.notify.HttpAssetNotifier;
import java.net.URI;
import okhttp3.OkHttpClient;

/** The backend over HTTP, with a point around the grant and the notification. */
final class BackendCrashPoints implements CredentialsFetcher, AssetNotifier {
  private static final String GRANT = "grant";
  private static final String NOTIFICATION = "notification";

  private final CredentialsFetcher fetcher;
  private final AssetNotifier notifier;
  private final CrashPoints points;

  BackendCrashPoints(URI backend, OkHttpClient client, CrashPoints points) {
    this.fetcher = HttpCredentialsFetcher.builder(backend).httpClient(client).build();
    this.notifier = HttpAssetNotifier.builder(backend).httpClient(client).build();
    this.points = points;
  }

  @Override
  public UploadGrant issue(Request request) throws InterruptedException {
    points.before(GRANT);
    UploadGrant grant = fetcher.issue(request);
    points.after(GRANT);
    return grant;
  }

  @Override
  public UploadGrant renew(Renewal renewal) throws InterruptedException {
    return fetcher.renew(renewal);
  }

  @Override
  public String backend() {
    return fetcher.backend();
  }

  @Override
  public String notify(VideoAsset asset) throws InterruptedException {
    points.before(NOTIFICATION);
    String response = notifier.notify(asset);
    points.after(NOTIFICATION);
    return response;
  }
}
