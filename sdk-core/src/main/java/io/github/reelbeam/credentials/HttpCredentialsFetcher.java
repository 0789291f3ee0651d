package io.github.reelbeam.credentials;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.internal.http.BackendAnswer;
import io.github.reelbeam.internal.http.BackendCall;
import io.github.reelbeam.internal.http.BackendException;
import io.github.reelbeam.internal.http.BackendTiming;
import io.github.reelbeam.internal.json.GrantAnswer;
import io.github.reelbeam.internal.json.GrantJson;
import io.github.reelbeam.internal.json.MalformedJsonException;
import io.github.reelbeam.internal.text.OneLine;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Asks the app's backend for grants over HTTP, as the wire contract says.
 *
 * <p>408, 425, 429, 5xx and broken connections are tried again as the {@link RetryPolicy} says, not
 * before the time that {@code Retry-After} names; after a 401 the authorization is asked for once
 * more; every other refusal is final. Redirects are not followed.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class HttpCredentialsFetcher implements CredentialsFetcher {
  /** Two keys of 1,024 bytes fit into it; a bucket's name may be of any length. */
  private static final int LONGEST_PROBLEM = 2500;

  private final BackendCall backend;
  private final String uploadsPath;
  private final String renewalsPath;

  private HttpCredentialsFetcher(Builder builder) {
    this.backend = builder.backend.build();
    this.uploadsPath = builder.uploadsPath;
    this.renewalsPath = builder.renewalsPath;
  }

  /**
   * Returns a builder for a backend.
   *
   * @param base the URL under which the paths are, with or without a slash at the end; a query is
   *     sent with every request, user info is not
   * @throws IllegalArgumentException if it is not an http or https URL with a host
   */
  public static Builder builder(URI base) {
    return new Builder(base);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the size is negative; nothing is sent then
   */
  @Override
  public UploadGrant issue(Request request) throws InterruptedException {
    Objects.requireNonNull(request.fileName(), "fileName");
    Objects.requireNonNull(request.contentType(), "contentType");
    if (request.size() < 0) {
      throw new IllegalArgumentException("a size is 0 or more, not " + request.size());
    }
    return grant(uploadsPath, GrantJson.issueRequest(request), null);
  }

  @Override
  public UploadGrant renew(Renewal renewal) throws InterruptedException {
    return grant(renewalsPath, GrantJson.renewalRequest(renewal), renewal);
  }

  private UploadGrant grant(String path, byte[] json, @Nullable Renewal renewal)
      throws InterruptedException {
    BackendAnswer answer;
    try {
      answer = backend.post(path, json, Map.of());
    } catch (BackendException e) {
      throw new GrantException(
          "The backend gave no credentials: " + e.getMessage() + ".",
          new Details(null, Stage.GRANT, e.isResumable(), e.requestId()),
          e.status(),
          e.code(),
          e.getCause());
    }
    if (answer.status() != 200 && answer.status() != 201) {
      throw unusable(answer, "its status is neither 200 nor 201");
    }
    GrantAnswer fields;
    try {
      fields = GrantJson.read(answer.body());
    } catch (MalformedJsonException e) {
      throw unusable(answer, Objects.requireNonNull(e.getMessage()));
    }
    String problem = GrantRules.problem(fields).orElse(null);
    if (problem != null) {
      throw unusable(answer, problem);
    }
    if (renewal != null) {
      checkSameObject(answer, fields, renewal);
    }
    return new UploadGrant(
        fields.credentials(),
        fields.bucket(),
        fields.key(),
        fields.region(),
        fields.endpoint(),
        fields.pathStyleAccess(),
        fields.renewalToken(),
        validity(answer, fields));
  }

  /** The parts stored so far are under the old key: they would be lost, and nobody would know. */
  private void checkSameObject(BackendAnswer answer, GrantAnswer fields, Renewal renewal) {
    if (!fields.key().equals(renewal.key())) {
      throw unusable(
          answer,
          "the renewal for the key " + renewal.key() + " is for another one, " + fields.key());
    }
    if (!fields.bucket().equals(renewal.bucket())) {
      throw unusable(
          answer,
          "the renewal for the bucket "
              + renewal.bucket()
              + " is for another one, "
              + fields.bucket());
    }
  }

  /** By the server's clock, which set the expiration too: the local one may be wrong by hours. */
  private Duration validity(BackendAnswer answer, GrantAnswer fields) {
    Duration left = Duration.between(backend.now(answer), fields.credentials().expiration());
    if (left.isZero() || left.isNegative()) {
      throw new GrantException(
          "The backend's credentials cannot be used: they expired at "
              + fields.credentials().expiration()
              + ", which is before now by "
              + (answer.date() == null ? "the local clock" : "the backend's clock")
              + "; resume for fresh ones, and if that does not help, look at the backend's cache"
              + " and clock.",
          new Details(null, Stage.GRANT, true, answer.requestId()),
          answer.status(),
          null,
          null);
    }
    return left;
  }

  private GrantException unusable(BackendAnswer answer, String problem) {
    return new GrantException(
        "The answer of "
            + backend.backend()
            + " is no grant that can be used: "
            + OneLine.of(problem, LONGEST_PROBLEM)
            + "; the backend has to keep to the wire contract before this upload can go on.",
        new Details(null, Stage.GRANT, false, answer.requestId()),
        answer.status(),
        null,
        null);
  }

  /** The base URL, without user info and query. */
  @Override
  public String backend() {
    return backend.backend();
  }

  /** Shows the backend; headers and authorization are left out. */
  @Override
  public String toString() {
    return "HttpCredentialsFetcher[" + backend.backend() + "]";
  }

  /** Builds a {@link HttpCredentialsFetcher}. Not safe for use by more than one thread. */
  public static final class Builder {
    private final BackendCall.Builder backend;
    private String uploadsPath = "api/v1/uploads";
    private String renewalsPath = "api/v1/uploads/renewals";

    private Builder(URI base) {
      this.backend = BackendCall.builder(base);
    }

    /**
     * Gives the value of the {@code Authorization} header, such as {@code Bearer ...}; none is sent
     * by default. It is asked for each request, and once more if the backend answers 401, from the
     * threads that call the fetcher. It may block. If it throws an {@link
     * java.io.UncheckedIOException}, that counts as a broken connection; anything else ends the
     * request with a resumable {@link GrantException}.
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
     * Where grants are asked for, relative to the base; {@code api/v1/uploads} by default.
     *
     * @throws IllegalArgumentException if it is empty, or has a query or dot segments
     */
    public Builder uploadsPath(String path) {
      this.uploadsPath = BackendCall.Builder.path(path);
      return this;
    }

    /**
     * Where grants are renewed, relative to the base; {@code api/v1/uploads/renewals} by default.
     *
     * @throws IllegalArgumentException if it is empty, or has a query or dot segments
     */
    public Builder renewalsPath(String path) {
      this.renewalsPath = BackendCall.Builder.path(path);
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
     * localhost}: whoever is on the way reads the authorization and the credentials, and can answer
     * in the backend's place.
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
     * Builds the fetcher.
     *
     * @throws IllegalArgumentException if the backend is another machine, spoken to over plain
     *     http, and {@link #allowCleartext()} was not called
     */
    public HttpCredentialsFetcher build() {
      return new HttpCredentialsFetcher(this);
    }
  }
}
