package io.github.reelbeam.testservers;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a request to S3 claims about who sent it and what it wants; nothing of it is verified. */
record SignedRequest(
    String method,
    Set<String> parameters,
    String uploadId,
    String accessKeyId,
    String sessionToken) {

  // Parameters of these names change neither what is done nor to what.
  private static final Pattern IGNORED = Pattern.compile("X-Amz-.*|x-id");
  private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,]+)/");

  static SignedRequest of(HttpServletRequest request) {
    Matcher credential = CREDENTIAL.matcher(orEmpty(request.getHeader("Authorization")));
    String presigned = orEmpty(request.getParameter("X-Amz-Credential"));
    String token = request.getHeader("x-amz-security-token");
    return new SignedRequest(
        request.getMethod(),
        Set.copyOf(request.getParameterMap().keySet()),
        orEmpty(request.getParameter("uploadId")),
        credential.find() ? credential.group(1) : presigned.split("/", 2)[0],
        orEmpty(token != null ? token : request.getParameter("X-Amz-Security-Token")));
  }

  /**
   * Whether a policy with s3:PutObject, s3:AbortMultipartUpload and s3:ListMultipartUploadParts
   * allows it: PutObject and Create, UploadPart, ListParts, Complete and Abort, and no more.
   */
  boolean isPartOfAnUpload() {
    Set<String> what =
        parameters.stream()
            .filter(name -> !IGNORED.matcher(name).matches())
            .collect(Collectors.toUnmodifiableSet());
    return switch (method) {
      case "PUT" -> what.isEmpty() || what.equals(Set.of("partNumber", "uploadId"));
      case "POST" -> what.equals(Set.of("uploads")) || what.equals(Set.of("uploadId"));
      case "DELETE" -> what.equals(Set.of("uploadId"));
      case "GET" -> what.contains("uploadId");
      default -> false;
    };
  }

  /** Whether it is UploadPart or ListParts. */
  boolean needsOpenUpload() {
    return (method.equals("PUT") || method.equals("GET")) && !uploadId.isEmpty();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
