package io.github.reelbeam.notify;

import io.github.reelbeam.NotificationException;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.internal.http.BackendAnswer;
import io.github.reelbeam.internal.http.BackendCall;
import io.github.reelbeam.internal.http.BackendException;
import io.github.reelbeam.internal.http.BackendTiming;
import io.github.reelbeam.internal.json.MalformedJsonException;
import io.github.reelbeam.internal.json.NotificationJson;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * Tells the app's backend of a stored asset over HTTP, as the wire contract says. The upload's id
 * goes along as {@code Idempotency-Key}.
 *
 * <p>408, 425, 429, 5xx and broken connections are tried again as the {@link RetryPolicy} says, not
 * before the time that {@code Retry-After} names; after a 401 the authorization is asked for once
 * more; every other refusal is final. Redirects are not followed. A 200 whose body is not JSON is
 * no success: it comes from a proxy or a login page, and the backend has not heard of the asset.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class HttpAssetNotifier implements AssetNotifier {
  private static final Set<Integer> TAKEN = Set.of(200, 201, 204);

  /** The backend looked, and the object is not there: the transfer has to be made again. */
  private static final String NOT_FOUND = "asset_not_found";

  private final BackendCall backend;
  private final String videoPath;

  private HttpAssetNotifier(Builder builder) {
    this.backend = builder.backend.build();
    this.videoPath = builder.videoPath;
  }

  /**
   * Returns a builder for a backend.
   *
   * @param base the URL under which the path is, with or without a slash at the end; a query is
   *     sent with every request, user info is not
   * @throws IllegalArgumentException if it is not an http or https URL with a host
   */
  public static Builder builder(URI base) {
    return new Builder(base);
  }

  @Override
  public String notify(VideoAsset asset) throws InterruptedException {
    byte[] json = NotificationJson.write(asset);
    BackendAnswer answer;
    try {
      answer = backend.post(videoPath, json, Map.of("Idempotency-Key", asset.uploadId().value()));
    } catch (BackendException e) {
      throw new NotificationException(
          "The video is stored, but the backend has not taken the notification: "
              + e.getMessage()
              + ".",
          new Details(
              asset.uploadId(),
              Stage.NOTIFY,
              e.isResumable() || NOT_FOUND.equals(e.code()),
              e.requestId()),
          asset,
          e.status(),
          e.code(),
          e.getCause());
    }
    if (!TAKEN.contains(answer.status())) {
      throw notTaken(asset, answer, "which is not 200, 201 or 204", false);
    }
    try {
      return NotificationJson.answer(answer.body());
    } catch (MalformedJsonException e) {
      throw notTaken(asset, answer, "but the body is not JSON, so it may come from a proxy", true);
    }
  }

  private NotificationException notTaken(
      VideoAsset asset, BackendAnswer answer, String why, boolean resumable) {
    return new NotificationException(
        "The video is stored, but it is not sure that the backend has taken the notification: "
            + backend.backend()
            + videoPath
            + " answered "
            + answer.status()
            + ", "
            + why
            + "; look at the backend, then resume to tell it again.",
        new Details(asset.uploadId(), Stage.NOTIFY, resumable, answer.requestId()),
        asset,
        answer.status(),
        null,
        null);
  }

  /** Shows the backend; headers and authorization are left out. */
  @Override
  public String toString() {
    return "HttpAssetNotifier[" + backend.backend() + videoPath + "]";
  }

  /** Builds a {@link HttpAssetNotifier}. Not safe for use by more than one thread. */
  public static final class Builder {
    private final BackendCall.Builder backend;
    private String videoPath = "api/v1/video";

    private Builder(URI base) {
      this.backend = BackendCall.builder(base);
    }

    /**
     * Gives the value of the {@code Authorization} header, such as {@code Bearer ...}; none is sent
     * by default. It is asked for each request, and once more if the backend answers 401, from the
     * threads that call the notifier. It may block. If it throws an {@link
     * java.io.UncheckedIOException}, that counts as a broken connection; anything else ends the
     * request with a resumable {@link NotificationException}.
     */
    public Builder authorization(Supplier<String> authorization) {
      backend.authorization(authorization);
      return this;
    }

    /**
     * The app's own client, with its pool, proxy, TLS set-up and interceptors. Its call timeout
     * holds, or 2 minutes if it has none. By default a client that all fetchers and notifiers
     * without one share, with 10 seconds to connect and 30 for each read.
     */
    public Builder httpClient(OkHttpClient client) {
      backend.client(client);
      return this;
    }

    /** How often to try; {@link RetryPolicy#defaults()} by default. */
    public Builder retryPolicy(RetryPolicy policy) {
      backend.policy(policy);
      return this;
    }

    /**
     * Where assets are told, relative to the base; {@code api/v1/video} by default.
     *
     * @throws IllegalArgumentException if it is empty, or has a query or dot segments
     */
    public Builder videoPath(String path) {
      this.videoPath = BackendCall.Builder.path(path);
      return this;
    }

    /**
     * A header for all requests, such as an API key; none by default. It is never logged.
     *
     * @throws IllegalArgumentException if it is not printable ASCII, or a header that is set here
     *     anyway
     */
    public Builder header(String name, String value) {
      backend.header(name, value);
      return this;
    }

    /**
     * Lets requests go over plain http to other machines, such as a test system in the same
     * network. By default only https is taken, and plain http only to 127.0.0.0/8, ::1 and {@code
     * localhost}: whoever is on the way reads the authorization, and can answer in the backend's
     * place.
     */
    public Builder allowCleartext() {
      backend.allowCleartext();
      return this;
    }

    /** Time and chance, for tests. */
    Builder timing(BackendTiming timing) {
      backend.timing(timing);
      return this;
    }

    /**
     * Builds the notifier.
     *
     * @throws IllegalArgumentException if the backend is another machine, spoken to over plain
     *     http, and {@link #allowCleartext()} was not called
     */
    public HttpAssetNotifier build() {
      return new HttpAssetNotifier(this);
    }
  }
}
