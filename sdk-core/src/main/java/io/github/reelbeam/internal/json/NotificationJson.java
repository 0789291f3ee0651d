package io.github.reelbeam.internal.json;

import io.github.reelbeam.VideoAsset;
import java.nio.charset.StandardCharsets;

/** The notification of a stored asset, and the answer to it. */
public final class NotificationJson {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private NotificationJson() {}

  /** Writes the notification; without a checksum the field is left out. */
  public static byte[] write(VideoAsset asset) {
    JsonObject document =
        Json.object()
            .put("uploadId", asset.uploadId().value())
            .put("key", asset.key())
            .put("bucket", asset.bucket())
            .put("region", asset.region())
            .put("size", asset.size())
            .put("contentType", asset.contentType())
            .put("eTag", asset.eTag());
    asset.checksum().ifPresent(checksum -> document.put("checksum", ChecksumJson.write(checksum)));
    return Json.write(
        document
            .put("fileName", asset.fileName())
            .put("metadata", Json.object(asset.metadata()))
            .put("confirmed", asset.confirmed()));
  }

  /**
   * Returns the answer as text, if it is JSON of any kind; an empty text if there is none.
   *
   * @throws MalformedJsonException if it is something else, such as the page of a proxy
   */
  public static String answer(byte[] body) throws MalformedJsonException {
    String text = new String(body, StandardCharsets.UTF_8);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(BYTE_ORDER_MARK.length());
    }
    text = text.trim();
    if (!text.isEmpty()) {
      Json.read(body);
    }
    return text;
  }
}
