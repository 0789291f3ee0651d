package io.github.reelbeam.testservers;

import com.sun.net.httpserver.HttpServer;
import io.github.reelbeam.backend.AssetVerifier;
import io.github.reelbeam.backend.ObjectKeys;
import io.github.reelbeam.backend.RegisteredAsset;
import io.github.reelbeam.backend.RenewalTokens;
import io.github.reelbeam.backend.UploadGrantIssuer;
import io.github.reelbeam.backend.UploadHandlers;
import io.github.reelbeam.backend.UploadLimits;
import io.github.reelbeam.testservers.BackendCall.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An app's backend inside this process, on 127.0.0.1: grants uploads to an {@link EmbeddedS3},
 * renews their credentials and takes the notification, by the {@link UploadHandlers} that real
 * backends use, in front of an {@link EmbeddedS3} in the place of STS and S3. At {@code /} it
 * serves a page that shows uploads as they go and plays the videos.
 *
 * <p>It keeps a record of all requests. Safe for use by several threads.
 */
public final class EmbeddedBackend implements AutoCloseable {

  static {
    // Without it each small answer waits 40 ms for an acknowledgement; read once, when the first
    // server of the process starts.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private static final ObjectKeys KEYS = ObjectKeys.withPrefix("incoming/");

  /** Whatever a test may call a video. */
  private static final UploadLimits LIMITS =
      UploadLimits.upTo(UploadLimits.LARGEST_OBJECT)
          .contentTypes(List.of("video/*", "audio/*", "image/*", "text/*", "application/*"));

  private final HttpServer server;
  private final ExecutorService threads;
  private final URI base;
  private final LiveUploads live = new LiveUploads();
  private final AssetRegistry registry = new AssetRegistry(live);
  private final RequestLog log;

  private EmbeddedBackend(Builder builder) throws IOException {
    this.log = new RequestLog(handlers(builder), builder.s3, builder.plain);
    this.server = HttpServer.create(Loopback.port(builder.port), 0);
    this.base = URI.create("http://" + Loopback.HOST + ":" + server.getAddress().getPort() + "/");
    AtomicInteger threadNumber = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "backend-" + threadNumber.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    ApiEndpoints api = new ApiEndpoints(builder.subjects, builder.faults, builder.largestRequest);
    api.add(server, "/api/v1/uploads", Operation.GRANT, log::grant);
    api.add(server, "/api/v1/uploads/renewals", Operation.RENEWAL, log::renew);
    api.add(server, "/api/v1/video", Operation.NOTIFICATION, log::register);
    server.createContext("/", new PageHandler(live, registry));
    server.createContext("/assets/", new AssetContentHandler(builder.s3, registry));
    server.start();
  }

  /** The code that real backends run, with the embedded store in the place of STS and S3. */
  private UploadHandlers handlers(Builder builder) {
    EmbeddedS3 s3 = builder.s3;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    UploadGrantIssuer.Builder issuer =
        UploadGrantIssuer.builder(
                s3.bucket(),
                s3.region(),
                new EmbeddedCredentials(s3),
                RenewalTokens.signingWith("start", secret).clock(s3.clock()).build())
            .keys(KEYS)
            .limits(LIMITS)
            .sessionDuration(builder.validity)
            .clock(s3.clock());
    if (!builder.plain) {
      issuer
          .endpoint(builder.s3Endpoint == null ? s3.endpoint() : builder.s3Endpoint)
          .pathStyleAccess(true);
    }
    AssetVerifier verifier =
        AssetVerifier.of(new EmbeddedBucket(s3, builder.keepsLeftovers), KEYS, LIMITS);
    return UploadHandlers.builder(issuer.build(), verifier, registry)
        .describe(this::describe)
        .clock(s3.clock())
        .build();
  }

  private Map<String, String> describe(RegisteredAsset asset) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("assetId", asset.assetId());
    json.put("key", asset.key());
    json.put("url", base.resolve("assets/" + asset.assetId() + "/content").toString());
    return json;
  }

  /** Starts a backend for this store with the defaults of {@link Builder}. */
  public static EmbeddedBackend start(EmbeddedS3 s3) {
    return builder(s3).start();
  }

  /** Starts with the defaults that each setter names. */
  public static Builder builder(EmbeddedS3 s3) {
    return new Builder(s3);
  }

  /** {@code http://127.0.0.1:port/}: the base of the wire contract, and the page. */
  public URI uri() {
    return base;
  }

  /** The board that the page shows. */
  public LiveUploads liveUploads() {
    return live;
  }

  /** First grants, in the order in which they were given. */
  public List<IssuedGrant> grants() {
    return log.issued().stream().filter(grant -> !grant.renewal()).toList();
  }

  /** Renewals, in the order in which they were given. */
  public List<IssuedGrant> renewals() {
    return log.issued().stream().filter(IssuedGrant::renewal).toList();
  }

  /** Every notification that reached the endpoint, repeated and refused ones too. */
  public List<Notification> notifications() {
    return log.notifications();
  }

  /** The assets registered, one per upload. */
  public List<Asset> assets() {
    return registry.assets();
  }

  /** Ends all connections. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Collects the settings of a backend. Not safe for use by several threads. */
  public static final class Builder {
    private final EmbeddedS3 s3;
    private final Map<String, String> subjects = new HashMap<>();
    private @Nullable URI s3Endpoint;
    private Duration validity = Duration.ofHours(1);
    private boolean plain;
    private boolean keepsLeftovers;
    private int largestRequest = UploadHandlers.LARGEST_REQUEST;
    private int port;
    private Function<BackendCall, BackendFault> faults = call -> BackendFault.none();

    private Builder(EmbeddedS3 s3) {
      this.s3 = s3;
    }

    /** Where clients are sent to, for instance to a {@link FaultProxy}; the store unless set. */
    public Builder s3Endpoint(URI endpoint) {
      this.s3Endpoint = endpoint;
      return this;
    }

    /** How long credentials hold, up to 12 hours; one hour unless set. */
    public Builder credentialValidity(Duration validFor) {
      this.validity = validFor;
      return this;
    }

    /** Asks for this bearer token and answers 401 without; may be called once per user. */
    public Builder bearerToken(String token, String subject) {
      subjects.put(token, subject);
      return this;
    }

    /** Answers with credentials and key only: no endpoint, no path style, no renewal token. */
    public Builder plainPayload() {
      this.plain = true;
      return this;
    }

    /**
     * Leaves multipart uploads open that an upload has left behind, for tests that want to see
     * whether there are any; the backend aborts them unless this is set.
     */
    public Builder keepLeftovers() {
      this.keepsLeftovers = true;
      return this;
    }

    /** Refuses longer requests with 413; 64 KiB unless set, which is also the most. */
    public Builder largestRequest(int bytes) {
      this.largestRequest = bytes;
      return this;
    }

    /** The port to listen on; one that is free unless set. */
    public Builder port(int number) {
      this.port = number;
      return this;
    }

    /** Decides for each request what goes wrong; nothing unless set. */
    public Builder faults(Function<BackendCall, BackendFault> script) {
      this.faults = script;
      return this;
    }

    /** Starts the backend; it answers when this returns. */
    public EmbeddedBackend start() {
      try {
        return new EmbeddedBackend(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
