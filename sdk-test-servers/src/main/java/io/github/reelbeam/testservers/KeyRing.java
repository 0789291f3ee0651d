package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.BlobStoreLocator;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for STS and for the session policy: knows every key that was handed out, which object
 * it opens and until when. S3Proxy asks it, as its {@link BlobStoreLocator}, for the secret that a
 * signature is checked against.
 */
final class KeyRing implements BlobStoreLocator {

  private record Held(TemporaryKeys keys, @Nullable String objectKey) {
    boolean opensEverything() {
      return objectKey == null;
    }
  }

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Held> held = new ConcurrentHashMap<>();
  private final BlobStore store;
  private final String bucket;
  private final Clock clock;

  KeyRing(BlobStore store, String bucket, Clock clock) {
    this.store = store;
    this.bucket = bucket;
    this.clock = clock;
  }

  TemporaryKeys issue(@Nullable String objectKey, Duration validFor) {
    String id = "ASIA" + HexFormat.of().formatHex(randomBytes(8)).toUpperCase(Locale.ROOT);
    TemporaryKeys keys =
        new TemporaryKeys(id, base64(30), base64(96), clock.instant().plus(validFor));
    held.put(id, new Held(keys, objectKey));
    return keys;
  }

  Optional<TemporaryKeys> find(String accessKeyId) {
    return Optional.ofNullable(held.get(accessKeyId)).map(Held::keys);
  }

  void revoke(String accessKeyId) {
    held.remove(accessKeyId);
  }

  /**
   * Checks what S3Proxy leaves unchecked: the session token, and what the session policy allows.
   * Unknown keys pass, because S3Proxy has its own answer for them.
   */
  void check(SignedRequest request) {
    if (request.accessKeyId().isEmpty()) {
      // S3Proxy would tell strangers which objects of a private bucket exist.
      throw S3Refusal.ACCESS_DENIED.exception();
    }
    Held found = held.get(request.accessKeyId());
    if (found == null) {
      return;
    }
    refuseExpired(found);
    if (!MessageDigest.isEqual(
        found.keys().sessionToken().getBytes(UTF_8), request.sessionToken().getBytes(UTF_8))) {
      throw S3Refusal.INVALID_TOKEN.exception();
    }
    if (!found.opensEverything() && !request.isPartOfAnUpload()) {
      throw S3Refusal.ACCESS_DENIED.exception();
    }
  }

  @Override
  public @Nullable AccessGrant locateBlobStore(
      @Nullable String identity, @Nullable String container, @Nullable String blob) {
    Held found = identity == null ? null : held.get(identity);
    if (found == null) {
      return null;
    }
    refuseExpired(found);
    boolean opens = found.opensEverything() || (bucket.equals(container) && isFor(found, blob));
    if (!opens) {
      throw S3Refusal.ACCESS_DENIED.exception();
    }
    return new AccessGrant(found.keys().secretAccessKey(), store);
  }

  private static boolean isFor(Held found, @Nullable String objectKey) {
    return objectKey != null && objectKey.equals(found.objectKey());
  }

  private void refuseExpired(Held found) {
    if (!clock.instant().isBefore(found.keys().expiration())) {
      throw S3Refusal.EXPIRED_TOKEN.exception();
    }
  }

  private String base64(int bytes) {
    return Base64.getEncoder().encodeToString(randomBytes(bytes));
  }

  private byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
