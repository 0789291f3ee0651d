package io.github.reelbeam.internal.http;

import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.internal.json.ErrorJson;
import io.github.reelbeam.internal.log.Loggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts JSON to the app's backend, with retries and authorization as the wire contract says.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class BackendCall {
  private static final Logger LOG = LoggerFactory.getLogger(Loggers.HTTP);

  private static final MediaType JSON = MediaType.get("application/json");

  /** Who is asked to stay away for longer had better give up, and be resumed by the app. */
  private static final Duration LONGEST_HINT = Duration.ofMinutes(5);

  private final BackendAddress address;
  private final OkHttpClient client;
  private final @Nullable Supplier<String> authorization;
  private final RetryPolicy policy;
  private final Map<String, String> headers;
  private final BackendTiming timing;

  private BackendCall(Builder builder) {
    this.address = builder.address;
    this.client =
        BackendClients.strict(builder.client == null ? BackendClients.own() : builder.client);
    this.authorization = builder.authorization;
    this.policy = builder.policy;
    this.headers = Map.copyOf(builder.headers);
    this.timing = builder.timing;
  }

  /**
   * Returns a builder.
   *
   * @throws IllegalArgumentException if the base is not an http or https URL with a host
   */
  public static Builder builder(URI base) {
    return new Builder(BackendAddress.of(base));
  }

  /** The backend's URL without user info and query. */
  public String backend() {
    return address.root();
  }

  /**
   * Posts a document until it is taken, refused for good, or the attempts are used up.
   *
   * @param path the path below the base
   * @param json the document
   * @param extra headers of this request
   * @return an answer with a status of 200 to 299, and a body of 1 MiB at most
   * @throws BackendException in all other cases
   * @throws InterruptedException if the thread was interrupted, also while it waited
   */
  public BackendAnswer post(String path, byte[] json, Map<String, String> extra)
      throws BackendException, InterruptedException {
    Refusals refusals = new Refusals(address.show(path));
    boolean askedAgain = false;
    for (int attempt = 1; ; attempt++) {
      Outcome outcome = attempt(attempt, path, json, extra);
      if (outcome.isUnauthorized() && authorization != null && !askedAgain) {
        // the app's token ran out between two looks at it: worth one fresh one, at once
        askedAgain = true;
        outcome = attempt(attempt, path, json, extra);
      }
      BackendAnswer answer = outcome.answer();
      if (answer != null && answer.isSuccess()) {
        if (answer.tooLong()) {
          throw refusals.tooLong(answer);
        }
        return answer;
      }
      Duration delay = delayOrThrow(attempt, outcome, refusals);
      LOG.debug("POST {} again in {} ms", refusals.url(), delay.toMillis());
      timing.pause().of(delay);
    }
  }

  private Outcome attempt(int attempt, String path, byte[] json, Map<String, String> extra)
      throws BackendException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a request to the backend");
    }
    Outcome outcome;
    try {
      String secret = authorize();
      Request request = request(path, json, extra, secret);
      outcome =
          new Outcome(BackendExchange.of(client.newCall(request), redaction(secret)), null, secret);
    } catch (IOException e) {
      outcome = new Outcome(null, e, null);
    }
    LOG.debug(
        "POST {}, attempt {} of {}: {}",
        address.show(path),
        attempt,
        policy.maxAttempts(),
        outcome.answer() == null ? outcome.failure() : outcome.answer());
    return outcome;
  }

  /** How long to wait before the next attempt, if there is to be one. */
  private Duration delayOrThrow(int attempt, Outcome outcome, Refusals refusals)
      throws BackendException {
    BackendAnswer answer = outcome.answer();
    if (answer == null) {
      IOException failure = Objects.requireNonNull(outcome.failure());
      if (attempt == policy.maxAttempts() || ProxyRefusedException.isIn(failure)) {
        throw refusals.unanswered(attempt, failure);
      }
      return policy.delay(attempt, timing.random());
    }
    if (!answer.isTransient()) {
      throw refusals.finalAnswer(answer, error(answer, outcome.secret()));
    }
    Duration hint = RetryAfter.delay(answer.retryAfter(), answer.date(), timing.clock());
    if (attempt == policy.maxAttempts() || hint.compareTo(LONGEST_HINT) > 0) {
      throw refusals.stillRefused(attempt, answer, error(answer, outcome.secret()), hint);
    }
    Duration drawn = policy.delay(attempt, timing.random());
    return hint.compareTo(drawn) >= 0 ? hint : drawn;
  }

  /** How one attempt went: an answer or a failure, and the authorization it went with. */
  private record Outcome(
      @Nullable BackendAnswer answer, @Nullable IOException failure, @Nullable String secret) {

    boolean isUnauthorized() {
      return answer != null && answer.status() == 401;
    }

    /** The authorization is left out. */
    @Override
    public String toString() {
      return "Outcome[" + (answer == null ? failure : answer) + "]";
    }
  }

  private Request request(
      String path, byte[] json, Map<String, String> extra, @Nullable String secret) {
    Request.Builder request =
        new Request.Builder()
            .url(address.resolve(path))
            .post(RequestBody.create(json, JSON))
            .header("Accept", "application/json");
    headers.forEach(request::header);
    extra.forEach(request::header);
    if (secret != null) {
      request.header("Authorization", secret);
    }
    return request.build();
  }

  /** Asks the app for each request anew: a token may have been renewed meanwhile. */
  private @Nullable String authorize() throws IOException, BackendException {
    if (authorization == null) {
      return null;
    }
    String value;
    try {
      value = authorization.get();
    } catch (UncheckedIOException e) {
      // fetching a token is I/O like the rest, and as worth a repetition
      throw Objects.requireNonNull(e.getCause());
    } catch (RuntimeException e) {
      throw BackendException.unanswered(
          "the app's authorization supplier threw "
              + e.getClass().getName()
              + "; resume once it gives a value again",
          e);
    }
    if (value == null) {
      // nobody is signed in: the backend says what it thinks of that
      return null;
    }
    if (!BackendHeaders.isValue(value.trim())) {
      throw BackendException.unanswered(
          "the app's authorization supplier gave characters that no header can hold; resume once"
              + " it gives a value again",
          new IllegalArgumentException("not printable ASCII"));
    }
    return value.trim();
  }

  /** The backend's own words, even if it repeats to us what it should not. */
  private static ErrorJson error(BackendAnswer answer, @Nullable String secret) {
    return ErrorJson.read(answer.body(), redaction(secret));
  }

  private static UnaryOperator<String> redaction(@Nullable String secret) {
    if (secret == null || secret.isEmpty()) {
      return text -> text;
    }
    String token = secret.substring(secret.indexOf(' ') + 1);
    return text -> text.replace(token, "(redacted)");
  }

  /** Shows the backend; headers and authorization are left out. */
  @Override
  public String toString() {
    return "BackendCall[" + address.root() + "]";
  }

  /** The server's clock at an answer, or the local one. */
  public Instant now(BackendAnswer answer) {
    return answer.date() == null ? timing.clock().instant() : answer.date();
  }

  /** Builds a {@link BackendCall}: what the builders of fetcher and notifier have in common. */
  public static final class Builder {
    private final BackendAddress address;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable OkHttpClient client;
    private @Nullable Supplier<String> authorization;
    private RetryPolicy policy = RetryPolicy.defaults();
    private BackendTiming timing = BackendTiming.system();
    private boolean cleartext;

    private Builder(BackendAddress address) {
      this.address = address;
    }

    /** The client to be on; one shared by all that have none by default. */
    public void client(OkHttpClient okHttpClient) {
      this.client = Objects.requireNonNull(okHttpClient, "client");
    }

    /** Gives the header {@code Authorization}; none by default. */
    public void authorization(Supplier<String> supplier) {
      this.authorization = Objects.requireNonNull(supplier, "authorization");
    }

    /** How often to try. */
    public void policy(RetryPolicy retryPolicy) {
      this.policy = Objects.requireNonNull(retryPolicy, "policy");
    }

    /** A header of all requests; the last of the same name counts. */
    public void header(String name, String value) {
      BackendHeaders.check(name, value);
      headers.put(name, value);
    }

    /** Time and chance; the system's by default. */
    public void timing(BackendTiming backendTiming) {
      this.timing = Objects.requireNonNull(backendTiming, "timing");
    }

    /** Lets requests go over plain http to other machines too. */
    public void allowCleartext() {
      this.cleartext = true;
    }

    /**
     * Checks a path below the base.
     *
     * @return the path without a slash at the start
     * @throws IllegalArgumentException if it is more or less than a plain path
     */
    public static String path(String path) {
      return BackendAddress.path(path);
    }

    /**
     * Builds it.
     *
     * @throws IllegalArgumentException if the backend is another machine, spoken to over plain
     *     http, and that was not allowed
     */
    public BackendCall build() {
      // also without authorization: the answers hold credentials
      if (!cleartext && !address.isPrivate()) {
        throw new IllegalArgumentException(
            "authorization and credentials would go over plain http to "
                + address.root()
                + ", for all on the way to read: use https, or call allowCleartext() if that"
                + " network is trusted");
      }
      return new BackendCall(this);
    }
  }
}
