package io.github.reelbeam.examples.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.reelbeam.backend.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The page at {@code /}: one file that asks nobody but this backend, and the store for videos. */
final class Page {
  private static final String NONCE_PLACE = "{nonce}";
  private static final int NONCE_BYTES = 18;

  private final SecureRandom random = new SecureRandom();
  private final String html;
  private final String storeOrigin;

  /**
   * Reads the page.
   *
   * @param storeOrigin where videos are played from
   */
  Page(String storeOrigin) {
    this.storeOrigin = storeOrigin;
    try (InputStream page = requireNonNull(Page.class.getResourceAsStream("page.html"))) {
      this.html = new String(page.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page; only the script and the style that stand in it may run, by a nonce of their own. */
  ApiResponse answer() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    String nonce = Base64.getEncoder().encodeToString(bytes);
    String policy =
        String.join(
            "; ",
            "default-src 'none'",
            "script-src 'nonce-" + nonce + "'",
            "style-src 'nonce-" + nonce + "'",
            "connect-src 'self'",
            "media-src " + storeOrigin,
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");
    return new ApiResponse(
        200,
        Map.of(
            "Content-Type", "text/html; charset=utf-8",
            "Cache-Control", "no-store",
            "Content-Security-Policy", policy,
            "Referrer-Policy", "no-referrer"),
        html.replace(NONCE_PLACE, nonce));
  }
}
