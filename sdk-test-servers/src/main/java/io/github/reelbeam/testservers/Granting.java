package io.github.reelbeam.testservers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.reelbeam.backend.ObjectKeys;
import io.github.reelbeam.backend.RenewalTokens;
import io.github.reelbeam.backend.RenewalTokens.Verdict;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers grants and renewals, with the key ring of an {@link EmbeddedS3} in the place of STS. */
final class Granting {

  private static final Duration RENEWABLE_FOR = Duration.ofDays(7);
  private static final ObjectKeys KEYS = ObjectKeys.withPrefix("incoming/");

  private final EmbeddedS3 s3;
  private final URI endpoint;
  private final Duration validity;
  private final boolean plain;
  private final RenewalTokens tokens;
  private final List<IssuedGrant> issued = new CopyOnWriteArrayList<>();

  Granting(EmbeddedS3 s3, URI endpoint, Duration validity, boolean plain) {
    this.s3 = s3;
    this.endpoint = endpoint;
    this.validity = validity;
    this.plain = plain;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.tokens = RenewalTokens.signingWith("start", secret).clock(s3.clock()).build();
  }

  ApiAnswer grant(ApiRequest request) throws ApiRefusal {
    String fileName = request.required("fileName");
    String contentType = request.text("contentType").orElse("application/octet-stream");
    Map<String, String> metadata = request.metadata();
    String key = KEYS.next(fileName);
    TemporaryKeys keys = s3.issue(key, validity);
    issued.add(
        new IssuedGrant(
            key,
            request.subject(),
            fileName,
            contentType,
            request.size(),
            metadata,
            keys.accessKeyId(),
            keys.expiration(),
            false));
    return new ApiAnswer(201, payload(request.subject(), key, keys));
  }

  ApiAnswer renew(ApiRequest request) throws ApiRefusal {
    String key = request.required("key");
    checkOwner(request, key);
    TemporaryKeys keys = s3.issue(key, validity);
    issued.add(
        new IssuedGrant(
            key,
            request.subject(),
            "",
            "",
            -1,
            Map.of(),
            keys.accessKeyId(),
            keys.expiration(),
            true));
    return new ApiAnswer(200, payload(request.subject(), key, keys));
  }

  private void checkOwner(ApiRequest request, String key) throws ApiRefusal {
    if (plain) {
      // Without a token the backend has to remember who was granted what.
      if (issued.stream().noneMatch(g -> g.key().equals(key) && isOf(g, request))) {
        throw new ApiRefusal(403, "renewal_refused", "this key was not granted to you");
      }
      return;
    }
    Verdict verdict =
        tokens.check(request.text("renewalToken").orElse(null), key, request.subject());
    switch (verdict) {
      case VALID -> {}
      case EXPIRED ->
          throw new ApiRefusal(403, "renewal_expired", "the grant is too old to be renewed");
      case REFUSED ->
          throw new ApiRefusal(403, "renewal_refused", "this key was not granted to you");
    }
  }

  private static boolean isOf(IssuedGrant grant, ApiRequest request) {
    return grant.subject().equals(request.subject());
  }

  private ObjectNode payload(String subject, String key, TemporaryKeys keys) {
    ObjectNode payload = ApiAnswer.json();
    payload
        .putObject("credentials")
        .put("AccessKeyId", keys.accessKeyId())
        .put("SecretAccessKey", keys.secretAccessKey())
        .put("SessionToken", keys.sessionToken())
        // STS tells whole seconds; cutting down never promises more than the store keeps.
        .put("Expiration", keys.expiration().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("region", s3.region())
        .put("bucket", s3.bucket());
    payload.put("key", key);
    if (!plain) {
      payload.put("endpoint", endpoint.toString());
      payload.put("pathStyleAccess", true);
      payload.put(
          "renewalToken", tokens.issue(key, subject, s3.clock().instant().plus(RENEWABLE_FOR)));
    }
    return payload;
  }

  List<IssuedGrant> issued() {
    return List.copyOf(issued);
  }
}
