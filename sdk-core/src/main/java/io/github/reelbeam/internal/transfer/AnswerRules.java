package io.github.reelbeam.internal.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * Holds a store's answers to what S3 promises, where a run would otherwise never end, or the
 * journal would keep something that it cannot use. Pure.
 */
final class AnswerRules {
  /** AWS has some 130 characters; the id is part of the URL of every part. */
  private static final int LONGEST_UPLOAD_ID = 1024;

  /** Enough for a SHA-512 in hexadecimal, with the number of parts behind it. */
  private static final int LONGEST_ETAG = 200;

  private AnswerRules() {}

  /**
   * Leaves out parts that cannot be ones of this page. What is left of all pages together are
   * 10,000 parts at most.
   *
   * @param marker the part number behind which the page begins, or null for the first page
   * @throws UnusableAnswerException if the next page would not begin behind this one: the SDK would
   *     ask for it again and again
   */
  static ListPartsResponse page(@Nullable Integer marker, ListPartsResponse page) {
    int behind = marker == null ? 0 : marker;
    boolean more = Boolean.TRUE.equals(page.isTruncated());
    int last =
        more ? Objects.requireNonNullElse(page.nextPartNumberMarker(), 0) : PartPlan.MAX_PARTS;
    if (last <= behind || last > PartPlan.MAX_PARTS) {
      throw new UnusableAnswerException(
          "the store lists the parts page by page without an end: behind part "
              + behind
              + " it goes on behind part "
              + last);
    }
    Map<Integer, Part> parts = new LinkedHashMap<>();
    for (Part part : page.parts()) {
      Integer number = part.partNumber();
      if (number != null && part.size() != null && number > behind && number <= last) {
        parts.putIfAbsent(number, part);
      }
    }
    return page.toBuilder().parts(List.copyOf(parts.values())).build();
  }

  /**
   * The id to go on with.
   *
   * @throws UnusableAnswerException if there is none
   */
  static String uploadId(CreateMultipartUploadResponse answer) {
    String id = answer.uploadId();
    if (id == null || id.trim().isEmpty() || id.length() > LONGEST_UPLOAD_ID) {
      throw new UnusableAnswerException(
          "the store opened a multipart upload, but its id "
              + (id == null || id.trim().isEmpty()
                  ? "is missing"
                  : "has " + id.length() + " characters"));
    }
    return id;
  }

  /** An ETag without its quotes; empty if the store gave none, or what can be none. */
  static String eTag(@Nullable String header) {
    String eTag = header == null ? "" : header.replace("\"", "");
    boolean visible = eTag.chars().allMatch(c -> c > ' ' && c < 0x7f);
    return visible && eTag.length() <= LONGEST_ETAG ? eTag : "";
  }
}
