package io.github.reelbeam.internal.http;

import io.github.reelbeam.fuzz.Check;
import io.github.reelbeam.fuzz.FuzzTime;
import io.github.reelbeam.fuzz.Inputs;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Hosts, addresses, paths and hints as apps, grants and servers write them. An input is a pattern
 * of a host, a URL, a path and a hint when to come back.
 */
public final class HostsFuzzer {
  private static final Clock CLOCK = Clock.fixed(FuzzTime.NOW, ZoneOffset.UTC);

  private HostsFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) {
    List<byte[]> documents = Inputs.documents(input, 4);
    String pattern = text(documents, 0);
    String url = text(documents, 1);
    hint(text(documents, 3));
    name(pattern);
    URI uri;
    try {
      uri = new URI(url);
    } catch (java.net.URISyntaxException | NumberFormatException e) {
      return; // no parser of ours ever sees it
    }
    pattern(pattern, uri);
    address(uri, text(documents, 2));
  }

  private static String text(List<byte[]> documents, int index) {
    return index < documents.size() ? Inputs.text(documents.get(index)) : "";
  }

  private static void hint(String header) {
    Duration delay = RetryAfter.delay(header, FuzzTime.NOW, CLOCK);
    Check.that(!delay.isNegative(), "a negative delay");
    Check.that(delay.toMillis() >= 0, "a delay that cannot be told in milliseconds");
    Check.that(
        RetryAfter.delay(header, null, CLOCK).equals(delay), "the same clock, another delay");
  }

  private static void name(String host) {
    Optional<String> name = HostName.of(host);
    name.ifPresent(
        spelled ->
            Check.that(
                HostName.of(spelled).equals(name), "spelled again it is another: " + spelled));
    if (HostName.isLoopback(host)) {
      String spelled = name.orElseThrow();
      Check.that(
          spelled.equals("localhost")
              || spelled.equals("::1")
              || spelled.matches("127\\.[0-9.]{5,11}"),
          "this is not certain to be this machine: " + host);
    }
  }

  /** Whatever is accepted is where OkHttp would connect to. */
  private static void pattern(String text, URI uri) {
    HostPattern pattern;
    try {
      pattern = HostPattern.of(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    Check.that(pattern.port() >= -1 && pattern.port() != 0, "a port that is none");
    Check.that(!pattern.host().isEmpty() && !pattern.host().contains("*"), "a host that is none");
    boolean web =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    if (!web || uri.getHost() == null || !pattern.matches(uri)) {
      return;
    }
    HttpUrl sentTo = HttpUrl.get(uri);
    Check.that(sentTo != null, "matched, but nothing can be sent to it: " + uri);
    boolean host =
        pattern.below()
            ? sentTo.host().endsWith("." + pattern.host())
            : sentTo.host().equals(pattern.host());
    int usual = HttpUrl.defaultPort(sentTo.scheme());
    Check.that(
        host && sentTo.port() == (pattern.port() == -1 ? usual : pattern.port()),
        text + " matched " + uri + ", which leads to " + sentTo);
  }

  private static void address(URI base, String path) {
    BackendAddress address;
    try {
      address = BackendAddress.of(base);
    } catch (IllegalArgumentException e) {
      return;
    }
    String relative;
    try {
      relative = BackendAddress.path(path);
    } catch (IllegalArgumentException e) {
      relative = "api/v1/uploads";
    }
    HttpUrl sent = new Request.Builder().url(address.resolve(relative)).build().url();
    Check.that(
        sent.host().equals(HostName.of(base.getHost()).orElseThrow()),
        base + " leads to the host " + sent.host());
    int usual = HttpUrl.defaultPort(sent.scheme());
    Check.that(sent.port() == (base.getPort() == -1 ? usual : base.getPort()), "another port");
    Check.that(sent.encodedUsername().isEmpty() && sent.encodedPassword().isEmpty(), "user info");
    String authority = address.root().split("/", 4)[2];
    Check.that(!authority.contains("@"), "user info would be logged: " + address.root());
    Check.that(sent.encodedPath().endsWith("/" + relative), relative + " became " + sent);
    if (address.isPrivate()) {
      Check.that(sent.isHttps() || HostName.isLoopback(sent.host()), "in the open: " + sent);
    }
  }
}
