package io.github.reelbeam.internal.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The arithmetic of Signature Version 4, in headers.
 *
 * @param accessKeyId whose signature it is
 * @param secretAccessKey what only they know
 * @param region the region it is good for
 * @param service the service it is good for
 */
record Signature(String accessKeyId, String secretAccessKey, String region, String service) {
  static final String CONTENT_HASH = "x-amz-content-sha256";
  static final String SECURITY_TOKEN = "X-Amz-Security-Token";
  static final String AUTHORIZATION = "Authorization";

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Puts the signature on a request.
   *
   * @param request has all its other headers, and no signature
   * @param contentHash as in the header x-amz-content-sha256
   */
  SdkHttpRequest on(SdkHttpRequest.Builder request, String contentHash, Instant now) {
    String time = TIME.format(now);
    String date = time.substring(0, 8);
    String scope = date + "/" + region + "/" + service + "/aws4_request";
    request.putHeader("X-Amz-Date", time);

    CanonicalRequest canonical = CanonicalRequest.of(request.build(), contentHash);
    byte[] key = ("AWS4" + secretAccessKey).getBytes(UTF_8);
    for (String step : new String[] {date, region, service, "aws4_request"}) {
      key = hmac(key, step);
    }
    String toSign = String.join("\n", ALGORITHM, time, scope, sha256(canonical.text()));
    return request
        .putHeader(
            AUTHORIZATION,
            ALGORITHM
                + " Credential="
                + accessKeyId
                + "/"
                + scope
                + ", SignedHeaders="
                + canonical.signedHeaders()
                + ", Signature="
                + hex(hmac(key, toSign)))
        .build();
  }

  private static String sha256(String text) {
    return sha256(text.getBytes(UTF_8));
  }

  static String sha256(byte[] bytes) {
    try {
      return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** By hand: Android has HexFormat from 14 on only. */
  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder(2 * bytes.length);
    for (byte b : bytes) {
      hex.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return hex.toString();
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "Signature[" + region + "/" + service + "]";
  }
}
