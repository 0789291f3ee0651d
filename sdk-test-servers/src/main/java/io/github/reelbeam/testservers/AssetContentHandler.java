package io.github.reelbeam.testservers;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.reelbeam.testservers.ByteRange.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /assets/{id}/content}: streams a video, or the range of it that a player wants. */
final class AssetContentHandler implements HttpHandler {

  private static final Pattern PATH = Pattern.compile("/assets/([0-9a-f-]{36})/content");
  private static final Pattern PLAYABLE = Pattern.compile("(video|audio)/[\\w.+-]+");

  private final EmbeddedS3 s3;
  private final AssetRegistry registry;

  AssetContentHandler(EmbeddedS3 s3, AssetRegistry registry) {
    this.s3 = s3;
    this.registry = registry;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      Optional<StoredObject> stored =
          asset(exchange.getRequestURI().getPath()).flatMap(asset -> s3.find(asset.key()));
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.sendResponseHeaders(405, -1);
      } else if (stored.isEmpty()) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        serve(exchange, stored.get(), method.equals("HEAD"));
      }
    }
  }

  private Optional<Asset> asset(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches() ? registry.find(matcher.group(1)) : Optional.empty();
  }

  private void serve(HttpExchange exchange, StoredObject object, boolean headOnly)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Accept-Ranges", "bytes");
    headers.set("ETag", object.eTag());
    headers.set("X-Content-Type-Options", "nosniff");
    // The uploader chose the type; a page among the "videos" must not run as one.
    headers.set("Content-Type", playable(object.contentType()));
    ByteRange range = wanted(exchange.getRequestHeaders(), object);
    if (range.kind() == Kind.UNSATISFIABLE) {
      headers.set("Content-Range", "bytes */" + object.size());
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (range.kind() == Kind.PART) {
      headers.set(
          "Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + object.size());
    }
    int status = range.kind() == Kind.PART ? 206 : 200;
    if (headOnly || range.length() == 0) {
      headers.set("Content-Length", Long.toString(range.length()));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, range.length());
    try (InputStream content = s3.open(object.key(), range.first(), range.last())) {
      content.transferTo(exchange.getResponseBody());
    }
  }

  private static ByteRange wanted(Headers request, StoredObject object) {
    String ifRange = request.getFirst("If-Range");
    boolean changed = ifRange != null && !ifRange.equals(object.eTag());
    return ByteRange.parse(changed ? null : request.getFirst("Range"), object.size());
  }

  private static String playable(String contentType) {
    return PLAYABLE.matcher(contentType).matches() ? contentType : "application/octet-stream";
  }
}
