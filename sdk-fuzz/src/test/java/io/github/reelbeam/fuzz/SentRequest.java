package io.github.reelbeam.fuzz;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request as a store reads it off the wire, and Signature Version 4 as a store computes it: from
 * what arrived, without a line of the code that signed it.
 *
 * @param target the path, and the query if there is one
 * @param headers by name in lower case
 */
public record SentRequest(String method, String target, Map<String, String> headers) {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=[^/]+/([0-9]{8})/([^/]+)/s3/aws4_request,"
              + " SignedHeaders=([a-z0-9;!#$%&'*+.^_`|~-]+), Signature=([0-9a-f]{64})");

  /** Reads the head of a request; each header has to be there once. */
  public static SentRequest read(byte[] wire) {
    String text = new String(wire, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    Check.that(end > 0, "the head of the request has no end");
    List<String> lines = Arrays.asList(text.substring(0, end).split("\r\n", -1));
    String[] first = lines.get(0).split(" ", -1);
    Check.that(first.length == 3 && first[2].equals("HTTP/1.1"), "request line " + lines.get(0));
    Map<String, String> headers = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      Check.that(colon > 0 && !line.contains("\n") && !line.contains("\r"), "header " + line);
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      Check.that(
          headers.put(name, line.substring(colon + 1).trim()) == null, "twice the header " + name);
    }
    return new SentRequest(first[0], first[1], headers);
  }

  /** Fails unless the signature is the right one for what arrived. */
  public void checkSignature(String secretKey) {
    Matcher signed = AUTHORIZATION.matcher(headers.getOrDefault("authorization", ""));
    Check.that(signed.matches(), "no authorization as it should be: " + headers);
    List<String> names = List.of(signed.group(3).split(";", -1));
    String scope = signed.group(1) + "/" + signed.group(2) + "/s3/aws4_request";
    int query = target.indexOf('?');
    List<String> canonical = new ArrayList<>();
    canonical.add(method);
    canonical.add(query < 0 ? target : target.substring(0, query));
    canonical.add(query < 0 ? "" : sorted(target.substring(query + 1)));
    for (String name : names) {
      String value = headers.get(name);
      if (value == null) {
        throw new AssertionError("signed, but not sent: " + name);
      }
      canonical.add(name + ":" + value.replaceAll(" +", " "));
    }
    canonical.add("");
    canonical.add(signed.group(3));
    canonical.add(headers.getOrDefault("x-amz-content-sha256", ""));
    String toSign =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            headers.getOrDefault("x-amz-date", ""),
            scope,
            sha256(String.join("\n", canonical)));
    byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
    for (String step : scope.split("/", -1)) {
      key = hmac(key, step);
    }
    Check.that(
        HexFormat.of().formatHex(hmac(key, toSign)).equals(signed.group(4)),
        "the signature is for another request than " + method + " " + target + " " + headers);
    for (String name : headers.keySet()) {
      boolean mustBeSigned = name.startsWith("x-amz-") || name.equals("host");
      Check.that(!mustBeSigned || names.contains(name), "not signed: " + name);
    }
  }

  private static String sorted(String query) {
    return Arrays.stream(query.split("&", -1))
        .map(parameter -> parameter.contains("=") ? parameter : parameter + "=")
        .sorted()
        .reduce((a, b) -> a + "&" + b)
        .orElse("");
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
