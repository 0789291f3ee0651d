package io.github.reelbeam.backend;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three endpoints of the wire contract, without a web framework: a request goes in as values,
 * an answer comes out as values. What is left to the app is to receive requests, bound their
 * length, authenticate the user, and send the answer.
 *
 * <p>No method throws for what a client sends, or for what STS or the store answer: each of these
 * becomes an answer of the contract. What goes wrong in the {@link AssetStore} becomes a 500 and is
 * logged.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class UploadHandlers {
  private static final Logger LOG = LoggerFactory.getLogger(UploadHandlers.class);
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store");
  private static final Map<String, String> LATER_HEADERS =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store", "Retry-After", "2");

  private final UploadGrantIssuer issuer;
  private final AssetVerifier verifier;
  private final AssetStore assets;
  private final Clock clock;

  private UploadHandlers(
      UploadGrantIssuer issuer, AssetVerifier verifier, AssetStore assets, Clock clock) {
    this.issuer = issuer;
    this.verifier = verifier;
    this.assets = assets;
    this.clock = clock;
  }

  /** The handlers over an issuer, a verifier and the app's own assets. */
  public static UploadHandlers of(
      UploadGrantIssuer issuer, AssetVerifier verifier, AssetStore assets) {
    return new UploadHandlers(issuer, verifier, assets, Clock.systemUTC());
  }

  /** {@code POST api/v1/uploads}: 201 and a grant. */
  public ApiResponse grant(ApiRequest request) {
    return answered(
        () -> {
          VideoDescription video = ApiJson.parse(request.body()).video();
          return json(201, issuer.issue(request.subject(), video).toJson());
        });
  }

  /** {@code POST api/v1/uploads/renewals}: 200 and fresh credentials for the same key. */
  public ApiResponse renew(ApiRequest request) {
    return answered(
        () -> {
          ApiJson body = ApiJson.parse(request.body());
          String key = body.required("key");
          return json(
              200, issuer.renew(request.subject(), key, body.text("renewalToken")).toJson());
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
          Optional<RegisteredAsset> known = assets.findByUploadId(told.uploadId());
          if (known.isPresent()) {
            return json(200, describe(ownOf(request.subject(), told, known.get())));
          }
          StoredObject stored = verifier.verify(told);
          // before the answer: a client that has it will not come again
          verifier.abortLeftovers(told.key());
          RegisteredAsset fresh = asset(request.subject(), told, stored);
          RegisteredAsset registered = assets.register(fresh);
          boolean isNew = registered.assetId().equals(fresh.assetId());
          return json(isNew ? 201 : 200, describe(ownOf(request.subject(), told, registered)));
        });
  }

  private RegisteredAsset asset(String subject, AssetNotification told, StoredObject stored) {
    return new RegisteredAsset(
        UUID.randomUUID().toString(),
        told.uploadId(),
        subject,
        told.key(),
        stored.size(),
        stored.contentType(),
        stored.eTag(),
        stored.checksum() != null ? stored.checksum() : told.checksum(),
        told.fileName(),
        told.metadata(),
        clock.instant());
  }

  private static RegisteredAsset ownOf(
      String subject, AssetNotification told, RegisteredAsset registered) {
    if (!registered.subject().equals(subject)) {
      throw new RequestRefusedException(403, "forbidden", "this is not your upload");
    }
    if (!registered.uploadId().equals(told.uploadId()) || !registered.key().equals(told.key())) {
      throw new RequestRefusedException(
          409, "upload_conflict", "this upload or this key is registered otherwise");
    }
    return registered;
  }

  private static String describe(RegisteredAsset asset) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("assetId", asset.assetId())
        .put("uploadId", asset.uploadId())
        .put("key", asset.key())
        .put("size", asset.size())
        .put("contentType", asset.contentType())
        .put("registeredAt", asset.registeredAt().toString());
    return json.toString();
  }

  private static ApiResponse answered(Supplier<ApiResponse> endpoint) {
    try {
      return endpoint.get();
    } catch (RequestRefusedException e) {
      return problem(e.status(), HEADERS, e.code(), String.valueOf(e.getMessage()));
    } catch (GrantFailedException e) {
      LOG.error("no credentials: {}", e.getMessage(), e);
      return e.isTransient()
          ? problem(503, LATER_HEADERS, "unavailable", "no credentials at the moment")
          : problem(500, HEADERS, "internal_error", "the backend cannot issue credentials");
    } catch (RuntimeException e) {
      LOG.error("a request failed", e);
      return problem(500, HEADERS, "internal_error", "the backend failed");
    }
  }

  private static ApiResponse json(int status, String body) {
    return new ApiResponse(status, HEADERS, body);
  }

  private static ApiResponse problem(
      int status, Map<String, String> headers, String code, String message) {
    String body =
        JsonNodeFactory.instance.objectNode().put("code", code).put("message", message).toString();
    return new ApiResponse(status, headers, body);
  }
}
