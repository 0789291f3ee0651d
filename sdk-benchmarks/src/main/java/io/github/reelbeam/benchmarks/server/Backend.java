package io.github.reelbeam.benchmarks.server;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The least that an app's backend does: a grant for whoever asks, and thanks for each asset. Safe
 * for use by many threads.
 */
final class Backend {
  private static final String PREFIX = "/api/v1/";
  private static final String JSON = "Content-Type: application/json\r\n";

  private final AtomicLong number = new AtomicLong();

  static boolean isAsked(RequestHead head) {
    return head.path().startsWith(PREFIX);
  }

  /**
   * @param scheme of the connection; the grant leads to where the request went
   */
  Answer answer(RequestHead head, String scheme) {
    String asked = head.method() + " " + head.path().substring(PREFIX.length());
    return switch (asked) {
      case "POST uploads" ->
          new Answer("201 Created", JSON, grant(scheme, head.header("host", "")));
      case "POST video" -> Answer.ok(JSON, "{\"id\":\"asset-" + number.incrementAndGet() + "\"}");
      default -> Answer.error("404 Not Found", "NotFound");
    };
  }

  private String grant(String scheme, String host) {
    return """
        {"credentials":{"AccessKeyId":"ASIABENCHMARKBENCHMAR","SecretAccessKey":"benchmark",
        "SessionToken":"%s","Expiration":"%s","region":"eu-central-1","bucket":"videos"},
        "key":"uploads/backend/%d.mp4","endpoint":"%s://%s","pathStyleAccess":true}"""
        .formatted(
            "benchmark/token+".repeat(48),
            Instant.now().plus(Duration.ofHours(1)),
            number.incrementAndGet(),
            scheme,
            host);
  }
}
