package io.github.reelbeam;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of S3 as one multipart upload needs, with ListParts in pages of 1,000 as S3 has it. */
final class PagingStore implements AutoCloseable {
  private static final int PAGE = 1000;
  private static final Pattern PART = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");

  /** A part that it says to have. */
  record Stored(long size, String crc32) {}

  private final NavigableMap<Integer, Stored> parts = new ConcurrentSkipListMap<>();
  private final List<Integer> uploaded = new CopyOnWriteArrayList<>();
  private final List<Integer> completed = new CopyOnWriteArrayList<>();
  private final List<Integer> markers = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile boolean takesParts = true;

  PagingStore() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void has(int partNumber, Stored part) {
    parts.put(partNumber, part);
  }

  void takesParts(boolean yes) {
    takesParts = yes;
  }

  /** The parts that were sent here, in the order in which they came. */
  List<Integer> uploaded() {
    return List.copyOf(uploaded);
  }

  /** The parts that CompleteMultipartUpload named, in its order. */
  List<Integer> completed() {
    return List.copyOf(completed);
  }

  /** Where the pages of ListParts that were asked for began. */
  List<Integer> markers() {
    return List.copyOf(markers);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = query(exchange.getRequestURI());
      String method = exchange.getRequestMethod();
      if (method.equals("POST") && query.containsKey("uploads")) {
        send(exchange, 200, xml("InitiateMultipartUploadResult", "<UploadId>mpu</UploadId>"));
      } else if (method.equals("PUT")) {
        takePart(exchange, Integer.parseInt(query.getOrDefault("partNumber", "0")));
      } else if (method.equals("GET")) {
        list(exchange, Integer.parseInt(query.getOrDefault("part-number-marker", "0")));
      } else if (method.equals("POST")) {
        complete(exchange);
      } else {
        send(exchange, 501, xml("Error", "<Code>NotImplemented</Code>"));
      }
    }
  }

  private void takePart(HttpExchange exchange, int number) throws IOException {
    long size = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
    if (!takesParts) {
      send(exchange, 400, xml("Error", "<Code>InvalidRequest</Code>"));
      return;
    }
    String crc32 = exchange.getRequestHeaders().getFirst("x-amz-checksum-crc32");
    parts.put(number, new Stored(size, String.valueOf(crc32)));
    uploaded.add(number);
    exchange.getResponseHeaders().set("ETag", eTag(number));
    send(exchange, 200, "");
  }

  private void list(HttpExchange exchange, int marker) throws IOException {
    markers.add(marker);
    Map<Integer, Stored> page =
        parts.tailMap(marker, false).entrySet().stream()
            .limit(PAGE)
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    int last = page.keySet().stream().mapToInt(n -> n).max().orElse(marker);
    StringBuilder text =
        new StringBuilder("<UploadId>mpu</UploadId><MaxParts>" + PAGE + "</MaxParts>");
    text.append("<PartNumberMarker>" + marker + "</PartNumberMarker>");
    text.append("<NextPartNumberMarker>" + last + "</NextPartNumberMarker>");
    text.append("<IsTruncated>" + (parts.higherKey(last) != null) + "</IsTruncated>");
    page.forEach(
        (number, part) ->
            text.append("<Part><PartNumber>" + number + "</PartNumber>")
                .append("<ETag>" + eTag(number) + "</ETag><Size>" + part.size() + "</Size>")
                .append("<ChecksumCRC32>" + part.crc32() + "</ChecksumCRC32></Part>"));
    send(exchange, 200, xml("ListPartsResult", text.toString()));
  }

  private void complete(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Matcher part = PART.matcher(body);
    while (part.find()) {
      completed.add(Integer.valueOf(part.group(1)));
    }
    send(exchange, 200, xml("CompleteMultipartUploadResult", "<ETag>\"whole\"</ETag>"));
  }

  private static String eTag(int number) {
    return "\"part-" + number + "\"";
  }

  private static String xml(String root, String content) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><" + root + ">" + content + "</" + root + ">";
  }

  private static Map<String, String> query(URI uri) {
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    return Pattern.compile("&")
        .splitAsStream(query)
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : ""));
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
