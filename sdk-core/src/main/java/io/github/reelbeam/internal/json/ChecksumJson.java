package io.github.reelbeam.internal.json;

import io.github.reelbeam.VideoAsset.Checksum;

/** The checksum of a whole object, the same in the notification and in the journal. */
final class ChecksumJson {
  private ChecksumJson() {}

  static JsonObject write(Checksum checksum) {
    return Json.object()
        .put("algorithm", checksum.algorithm())
        .put("type", checksum.type())
        .put("value", checksum.value());
  }

  static Checksum read(Fields fields) throws MalformedJsonException {
    return new Checksum(fields.text("algorithm"), fields.text("type"), fields.text("value"));
  }
}
