package io.github.reelbeam.benchmarks.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers as S3 would, about objects of which only the size is kept. Safe for use by many threads.
 *
 * <p>It answers for a bucket encrypted with a key of KMS: there an ETag is no MD5, so that clients
 * that compare the two do not, and none has to be computed here.
 */
final class Store {
  /** Beyond this, sizes of objects are forgotten: HeadObject answers 404. */
  private static final int MAX_OBJECTS = 10_000;

  private static final String ETAG = "ETag: \"b1946ac92492d2347c6235b4d2611184\"\r\n";

  private static final String STORED =
      ETAG
          + "x-amz-server-side-encryption: aws:kms\r\n"
          + "x-amz-server-side-encryption-aws-kms-key-id: benchmark\r\n";

  private static final Pattern TRAILER =
      Pattern.compile("(x-amz-checksum-[a-z0-9]+):\\s*([A-Za-z0-9+/=]+)");

  private static final Pattern CHECKSUM = Pattern.compile("x-amz-checksum-(crc|sha)[a-z0-9]+");

  private final Ledger ledger;
  private final AtomicLong number = new AtomicLong();
  private final Map<String, OpenUpload> uploads = new ConcurrentHashMap<>();
  private final Map<String, Long> objects = new ConcurrentHashMap<>();

  Store(Ledger ledger) {
    this.ledger = ledger;
  }

  /** An unfinished multipart upload. */
  private static final class OpenUpload {
    private final Map<Integer, Long> sizes = new TreeMap<>();

    synchronized void put(int part, long size) {
      sizes.put(part, size);
    }

    synchronized long total() {
      return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized Map<Integer, Long> parts() {
      return new TreeMap<>(sizes);
    }
  }

  /**
   * @param size of the body, without what stands between the bytes
   * @param end of the body
   */
  Answer answer(RequestHead head, long size, String end) {
    ledger.request();
    String uploadId = head.parameter("uploadId");
    return switch (head.method()) {
      case "PUT" -> uploadId == null ? putObject(head, size, end) : part(head, uploadId, size, end);
      case "POST" -> uploadId == null ? create(head) : complete(head, uploadId);
      case "GET" -> uploadId == null ? location(head) : listParts(head, uploadId);
      case "HEAD" -> head(head);
      case "DELETE" -> delete(head, uploadId);
      default -> Answer.error("405 Method Not Allowed", "MethodNotAllowed");
    };
  }

  private Answer create(RequestHead head) {
    if (head.parameter("uploads") == null) {
      return Answer.error("501 Not Implemented", "NotImplemented");
    }
    String id = "upload-" + number.incrementAndGet();
    uploads.put(id, new OpenUpload());
    String algorithm = head.header("x-amz-checksum-algorithm", "");
    String type = head.header("x-amz-checksum-type", "");
    return Answer.ok(
        line("x-amz-checksum-algorithm", algorithm)
            + line("x-amz-checksum-type", type)
            + "Content-Type: application/xml\r\n",
        "<InitiateMultipartUploadResult><Bucket>bucket</Bucket><Key>key</Key><UploadId>"
            + id
            + "</UploadId></InitiateMultipartUploadResult>");
  }

  private Answer part(RequestHead head, String uploadId, long size, String end) {
    OpenUpload upload = uploads.get(uploadId);
    String part = head.parameter("partNumber");
    if (upload == null || part == null) {
      return noSuchUpload();
    }
    upload.put(Integer.parseInt(part), size);
    ledger.part();
    return Answer.ok(stored(head, end), "");
  }

  private Answer complete(RequestHead head, String uploadId) {
    OpenUpload upload = uploads.remove(uploadId);
    if (upload == null) {
      return noSuchUpload();
    }
    store(head.path(), upload.total());
    String crc = head.header("x-amz-checksum-crc32", "");
    return Answer.ok(
        "Content-Type: application/xml\r\n",
        "<CompleteMultipartUploadResult><Location>here</Location><Bucket>bucket</Bucket>"
            + "<Key>key</Key><ETag>\"b1946ac92492d2347c6235b4d2611184-1\"</ETag>"
            + (crc.isEmpty()
                ? ""
                : "<ChecksumCRC32>"
                    + crc
                    + "</ChecksumCRC32><ChecksumType>FULL_OBJECT</ChecksumType>")
            + "</CompleteMultipartUploadResult>");
  }

  private Answer putObject(RequestHead head, long size, String end) {
    if (!head.isForBucket()) {
      store(head.path(), size);
    }
    return Answer.ok(stored(head, end), "");
  }

  private void store(String path, long size) {
    ledger.object(size);
    if (objects.size() < MAX_OBJECTS) {
      objects.put(path, size);
    }
  }

  private Answer listParts(RequestHead head, String uploadId) {
    OpenUpload upload = uploads.get(uploadId);
    if (upload == null) {
      return noSuchUpload();
    }
    String marker = head.parameter("part-number-marker");
    int after = marker == null || marker.isEmpty() ? 0 : Integer.parseInt(marker);
    StringBuilder xml = new StringBuilder("<ListPartsResult><UploadId>" + uploadId + "</UploadId>");
    upload.parts().entrySet().stream()
        .filter(part -> part.getKey() > after)
        .forEach(
            part ->
                xml.append("<Part><PartNumber>")
                    .append(part.getKey())
                    .append("</PartNumber><ETag>\"b1946ac92492d2347c6235b4d2611184\"</ETag><Size>")
                    .append(part.getValue())
                    .append("</Size></Part>"));
    return Answer.ok(
        "Content-Type: application/xml\r\n",
        xml.append("<IsTruncated>false</IsTruncated></ListPartsResult>").toString());
  }

  private Answer location(RequestHead head) {
    return head.parameter("location") == null
        ? Answer.error("501 Not Implemented", "NotImplemented")
        : Answer.ok("Content-Type: application/xml\r\n", "<LocationConstraint/>");
  }

  private Answer head(RequestHead head) {
    if (head.isForBucket()) {
      return Answer.ok("", "");
    }
    @Nullable Long size = objects.get(head.path());
    return size == null
        ? new Answer("404 Not Found", "", "")
        : Answer.ok("Content-Length: " + size + "\r\n" + ETAG, "");
  }

  private Answer delete(RequestHead head, @Nullable String uploadId) {
    if (uploadId == null) {
      objects.remove(head.path());
    } else if (uploads.remove(uploadId) == null) {
      return noSuchUpload();
    }
    return new Answer("204 No Content", "", "");
  }

  private static Answer noSuchUpload() {
    return Answer.error("404 Not Found", "NoSuchUpload");
  }

  /** What an object or a part is confirmed with: also the checksum that came with it. */
  private static String stored(RequestHead head, String end) {
    StringBuilder lines = new StringBuilder(STORED);
    head.headers()
        .forEach(
            (name, value) -> {
              if (CHECKSUM.matcher(name).matches()) {
                lines.append(line(name, value));
              }
            });
    if (head.headers().containsKey("x-amz-trailer")) {
      Matcher trailer = TRAILER.matcher(end);
      if (trailer.find()) {
        lines.append(line(trailer.group(1), trailer.group(2)));
      }
    }
    return lines.toString();
  }

  private static String line(String name, String value) {
    return value.isEmpty() ? "" : name + ": " + value + "\r\n";
  }
}
