package io.github.reelbeam.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.reelbeam.backend.AssetRegistration.Outcome;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three endpoints of the wire contract, without a web framework: a request goes in as values,
 * an answer comes out as values. What is left to the app is to receive requests, bound their
 * length, authenticate the user, and send the answer.
 *
 * <p>No method throws for what a client sends, or for what STS, the store or the {@link AssetStore}
 * do: each of these becomes an answer of the contract. A client takes a 4xx as final, with one
 * exception: on 404 {@code asset_not_found} it sends the video again. So whatever is not the
 * client's fault is answered with 500 or 503, which it repeats until the backend has recovered, and
 * is logged.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class UploadHandlers {

  /**
   * The longest body that is read, in bytes: 64 KiB, with 2 KiB of metadata (S3's limit) and some
   * names in it. Web frameworks had better stop reading there; 413 is the answer otherwise too.
   */
  public static final int LARGEST_REQUEST = 64 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(Loggers.API);
  private static final JsonMapper JSON = new JsonMapper();

  private final UploadGrantIssuer issuer;
  private final AssetRegistration registration;
  private final Function<RegisteredAsset, ? extends Map<String, ?>> description;

  private UploadHandlers(Builder builder) {
    this.issuer = builder.issuer;
    this.registration = new AssetRegistration(builder.verifier, builder.assets, builder.clock);
    this.description = builder.description;
  }

  /** The handlers over an issuer, a verifier and the app's own assets. */
  public static UploadHandlers of(
      UploadGrantIssuer issuer, AssetVerifier verifier, AssetStore assets) {
    return builder(issuer, verifier, assets).build();
  }

  /** Starts with the same, for handlers that differ in what the setters name. */
  public static Builder builder(
      UploadGrantIssuer issuer, AssetVerifier verifier, AssetStore assets) {
    return new Builder(issuer, verifier, assets);
  }

  /** {@code POST api/v1/uploads}: 201 and a grant. */
  public ApiResponse grant(ApiRequest request) {
    return answered(
        () -> {
          VideoDescription video = ApiJson.parse(request.body()).video();
          return ApiResponse.json(201, issuer.issue(request.subject(), video).toJson());
        });
  }

  /** {@code POST api/v1/uploads/renewals}: 200 and fresh credentials for the same key. */
  public ApiResponse renew(ApiRequest request) {
    return answered(
        () -> {
          ApiJson body = ApiJson.parse(request.body());
          String key = body.required("key");
          String token = body.text("renewalToken");
          return ApiResponse.json(200, issuer.renew(request.subject(), key, token).toJson());
        });
  }

  /**
   * {@code POST api/v1/video}: 201 and the new asset, or 200 if the upload is registered already.
   */
  public ApiResponse register(ApiRequest request) {
    return answered(
        () -> {
          AssetNotification told =
              ApiJson.parse(request.body()).notification(request.idempotencyKey());
          Outcome outcome = registration.register(request.subject(), told);
          return ApiResponse.json(outcome.isNew() ? 201 : 200, described(outcome.asset()));
        });
  }

  private String described(RegisteredAsset asset) {
    try {
      return JSON.writeValueAsString(description.apply(asset));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the description of an asset is not for JSON", e);
    }
  }

  private static Map<String, @Nullable Object> describe(RegisteredAsset asset) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("assetId", asset.assetId());
    json.put("uploadId", asset.uploadId());
    json.put("key", asset.key());
    json.put("size", asset.size());
    json.put("contentType", asset.contentType());
    json.put("registeredAt", asset.registeredAt().toString());
    return json;
  }

  private static ApiResponse answered(Supplier<ApiResponse> endpoint) {
    try {
      return endpoint.get();
    } catch (RequestRefusedException e) {
      return ApiResponse.refused(e);
    } catch (GrantFailedException e) {
      say("no credentials", e.isTransient(), e);
      return e.isTransient()
          ? ApiResponse.unavailable("no credentials at the moment")
          : ApiResponse.internalError("the backend cannot issue credentials");
    } catch (VerificationFailedException e) {
      say("an asset could not be verified", e.isTransient(), e);
      return e.isTransient()
          ? ApiResponse.unavailable("the store cannot be asked at the moment")
          : ApiResponse.internalError("the backend cannot look into its store");
    } catch (RuntimeException e) {
      LOG.error("a request failed", e);
      return ApiResponse.internalError("the backend failed");
    }
  }

  /** What passes by itself is a warning, as clients repeat what they are refused for it. */
  private static void say(String what, boolean passes, RuntimeException failure) {
    if (passes) {
      LOG.warn("{} at the moment: {}", what, failure.getMessage(), failure);
    } else {
      LOG.error("{}: {}", what, failure.getMessage(), failure);
    }
  }

  /** Collects the settings of handlers. Not safe for use by several threads. */
  public static final class Builder {
    private final UploadGrantIssuer issuer;
    private final AssetVerifier verifier;
    private final AssetStore assets;
    private Function<RegisteredAsset, ? extends Map<String, ?>> description =
        UploadHandlers::describe;
    private Clock clock = Clock.systemUTC();

    private Builder(UploadGrantIssuer issuer, AssetVerifier verifier, AssetStore assets) {
      this.issuer = issuer;
      this.verifier = verifier;
      this.assets = assets;
    }

    /**
     * The app's own answer to a notification, which its clients get as {@code
     * VideoAsset.response()}. Unless set, it is {@code assetId}, {@code uploadId}, {@code key},
     * {@code size}, {@code contentType} and {@code registeredAt}.
     *
     * <p>It is asked each time the notification comes, and should give the same each time. If it
     * throws, the client is answered 500 and comes again.
     *
     * @param answer gives the fields of the JSON answer: text, numbers, booleans, null, and lists
     *     and maps of these
     */
    public Builder describe(Function<RegisteredAsset, ? extends Map<String, ?>> answer) {
      this.description = answer;
      return this;
    }

    /** The clock that dates assets; the system's unless set. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** The handlers, ready for use. */
    public UploadHandlers build() {
      return new UploadHandlers(this);
    }
  }
}
