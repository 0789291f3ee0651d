package io.github.reelbeam.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs and checks the tokens with which a client asks for fresh credentials to a key it was
 * granted before. Without such a token, whoever knows a key could ask for credentials to somebody
 * else's video.
 *
 * <p>A token is bound to one object key, one subject (the user the backend has authenticated) and
 * one point in time after which it is worth nothing. It holds none of the three readably except the
 * time, and the backend keeps no record of it: the check needs only the secret.
 *
 * <p>Secrets are rotated by key id: sign with a new one, and keep {@linkplain Builder#alsoAccept
 * accepting} the old one until the last token signed with it has run out.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class RenewalTokens {

  /** What a token turned out to be. */
  public enum Verdict {
    /** Signed here, for this key and this subject, and still in time. */
    VALID,
    /**
     * Signed here, for this key and this subject, but too old: the upload has to be granted anew.
     */
    EXPIRED,
    /** Anything else: answer 403 and tell the client no more than that. */
    REFUSED
  }

  /** HMAC keys shorter than the hash weaken it (RFC 2104, section 3). */
  private static final int SHORTEST_SECRET = 32;

  private static final String FORMAT = "rb1";
  private static final Pattern TOKEN =
      Pattern.compile(FORMAT + "\\.([A-Za-z0-9_-]{1,32})\\.([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  private final String signingKeyId;
  private final Map<String, SecretKeySpec> secrets;
  private final Clock clock;

  private RenewalTokens(Builder builder) {
    this.signingKeyId = builder.signingKeyId;
    this.secrets = Map.copyOf(builder.secrets);
    this.clock = builder.clock;
  }

  /**
   * Starts with the secret that signs new tokens.
   *
   * @param keyId names the secret in the token: 1 to 32 letters, digits, {@code _} or {@code -}
   * @param secret at least 32 random bytes, the same on every machine of the backend; copied
   * @throws IllegalArgumentException if either breaks these rules
   */
  public static Builder signingWith(String keyId, byte[] secret) {
    return new Builder(keyId, secret);
  }

  /**
   * Signs a token.
   *
   * @param objectKey the S3 key that was granted
   * @param subject whom it was granted to, in any form that stays the same for this user
   * @param notAfter the last second at which credentials may be renewed; fractions are cut off
   * @throws IllegalArgumentException if that is before 1970
   */
  public String issue(String objectKey, String subject, Instant notAfter) {
    long until = notAfter.getEpochSecond();
    if (until < 0) {
      throw new IllegalArgumentException("notAfter is before 1970: " + notAfter);
    }
    String head = FORMAT + "." + signingKeyId + "." + until;
    return head + "." + signature(signingKeyId, head, objectKey, subject);
  }

  /**
   * Checks a token, in a time that does not depend on how much of it is right.
   *
   * @param token what the client sent; anything at all may be passed
   * @param objectKey the S3 key that the client asks for
   * @param subject who asks, as authenticated by the backend and not as claimed by the request
   */
  public Verdict check(@Nullable String token, String objectKey, String subject) {
    Matcher parts = TOKEN.matcher(token == null ? "" : token);
    if (!parts.matches() || !secrets.containsKey(parts.group(1))) {
      return Verdict.REFUSED;
    }
    String head = FORMAT + "." + parts.group(1) + "." + parts.group(2);
    String expected = signature(parts.group(1), head, objectKey, subject);
    // The texts are compared, not the decoded bytes: Base64 has several spellings of the same
    // bytes, and a token should have one.
    if (!MessageDigest.isEqual(expected.getBytes(US_ASCII), parts.group(3).getBytes(US_ASCII))) {
      return Verdict.REFUSED;
    }
    boolean inTime = clock.instant().getEpochSecond() <= Long.parseLong(parts.group(2));
    return inTime ? Verdict.VALID : Verdict.EXPIRED;
  }

  private String signature(String keyId, String head, String objectKey, String subject) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secrets.get(keyId));
      byte[] digest = mac.doFinal(lengthPrefixed(head, objectKey, subject));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** Lengths keep ("ab", "c") and ("a", "bc") apart. */
  private static byte[] lengthPrefixed(String... fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String field : fields) {
      byte[] bytes = field.getBytes(UTF_8);
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  /** Says which key ids sign, but never a secret. */
  @Override
  public String toString() {
    return "RenewalTokens[signing=" + signingKeyId + ", accepted=" + secrets.keySet() + "]";
  }

  /** Collects the secrets. Not safe for use by several threads. */
  public static final class Builder {
    private final String signingKeyId;
    private final Map<String, SecretKeySpec> secrets = new LinkedHashMap<>();
    private Clock clock = Clock.systemUTC();

    private Builder(String keyId, byte[] secret) {
      this.signingKeyId = keyId;
      alsoAccept(keyId, secret);
    }

    /**
     * Accepts tokens that an earlier secret signed; new ones are not signed with it.
     *
     * @throws IllegalArgumentException if the id or the secret breaks the rules of {@link
     *     #signingWith}, or the id is taken
     */
    public Builder alsoAccept(String keyId, byte[] secret) {
      if (!KEY_ID.matcher(keyId).matches()) {
        throw new IllegalArgumentException("not usable as a key id: " + keyId);
      }
      if (secret.length < SHORTEST_SECRET) {
        throw new IllegalArgumentException("a secret needs at least 32 bytes: " + keyId);
      }
      if (secrets.putIfAbsent(keyId, new SecretKeySpec(secret, "HmacSHA256")) != null) {
        throw new IllegalArgumentException("two secrets with the key id " + keyId);
      }
      return this;
    }

    /** The clock that tells whether a token has run out; the system's unless set. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** The tokens, ready for use. */
    public RenewalTokens build() {
      return new RenewalTokens(this);
    }
  }
}
