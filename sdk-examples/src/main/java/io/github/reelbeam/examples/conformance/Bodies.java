package io.github.reelbeam.examples.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.reelbeam.VideoAsset;
import org.jspecify.annotations.Nullable;

/** The documents that a client sends, as trees that a check can spoil. */
final class Bodies {
  private Bodies() {}

  static ObjectNode grant(String fileName, String contentType, long size) {
    ObjectNode body = object().put("fileName", fileName).put("contentType", contentType);
    body.put("size", size).putObject("metadata").put("checked-by", "reelbeam");
    return body;
  }

  static ObjectNode renewal(String key, @Nullable String token) {
    ObjectNode body = object().put("key", key);
    return token == null ? body : body.put("renewalToken", token);
  }

  static ObjectNode notification(VideoAsset asset) {
    ObjectNode body =
        object()
            .put("uploadId", asset.uploadId().value())
            .put("key", asset.key())
            .put("bucket", asset.bucket())
            .put("region", asset.region())
            .put("size", asset.size())
            .put("contentType", asset.contentType())
            .put("eTag", asset.eTag());
    asset
        .checksum()
        .ifPresent(
            checksum ->
                body.putObject("checksum")
                    .put("algorithm", checksum.algorithm())
                    .put("type", checksum.type())
                    .put("value", checksum.value()));
    body.put("fileName", asset.fileName());
    ObjectNode metadata = body.putObject("metadata");
    asset.metadata().forEach(metadata::put);
    return body.put("confirmed", asset.confirmed());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
