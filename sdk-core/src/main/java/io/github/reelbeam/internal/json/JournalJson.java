package io.github.reelbeam.internal.json;

import io.github.reelbeam.ServerSideEncryption;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Source;
import io.github.reelbeam.journal.JournalEntry.Stored;
import io.github.reelbeam.journal.JournalEntry.Target;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Journal entries as documents. A field that is added later and may be missing does not raise the
 * version; one whose meaning changes does.
 */
public final class JournalJson {
  static final int VERSION = 1;

  private JournalJson() {}

  /** Writes an entry. */
  public static byte[] write(JournalEntry entry) {
    JsonObject document =
        Json.object()
            .put("version", VERSION)
            .put("id", entry.id().value())
            .put("state", entry.state().name())
            .put("backend", entry.backend());
    document.put("source", source(entry.source()));
    document.put("object", object(entry.object()));
    if (entry.target() != null) {
      document.put("target", target(entry.target()));
    }
    if (entry.transfer() != null) {
      document.put("transfer", transfer(entry.transfer()));
    }
    if (entry.stored() != null) {
      document.put("stored", stored(entry.stored()));
    }
    return Json.write(
        document
            .putIfThere("lastError", entry.lastError())
            .put("createdAt", entry.createdAt().toString())
            .put("updatedAt", entry.updatedAt().toString()));
  }

  /**
   * Reads an entry. Fields that are not known are passed over.
   *
   * @throws MalformedJsonException if it is no entry
   * @throws NewerVersionException if it is one, but of a version that is not known here
   */
  public static JournalEntry read(byte[] document)
      throws MalformedJsonException, NewerVersionException {
    Fields entry = Json.readObject(document);
    long version = entry.wholeNumber("version");
    if (version > VERSION) {
      throw new NewerVersionException(version, VERSION);
    }
    if (version < 1) {
      throw entry.failure("version", "counts from 1");
    }
    Fields target = entry.optionalObject("target");
    Fields transfer = entry.optionalObject("transfer");
    Fields stored = entry.optionalObject("stored");
    return new JournalEntry(
        id(entry),
        state(entry),
        entry.text("backend"),
        source(entry.object("source")),
        object(entry.object("object")),
        target == null ? null : target(target),
        transfer == null ? null : transfer(transfer),
        stored == null ? null : stored(stored),
        entry.optionalText("lastError"),
        entry.instant("createdAt"),
        entry.instant("updatedAt"));
  }

  private static UploadId id(Fields entry) throws MalformedJsonException {
    try {
      return new UploadId(entry.text("id"));
    } catch (IllegalArgumentException e) {
      throw entry.failure("id", "is not an upload id");
    }
  }

  private static UploadState state(Fields entry) throws MalformedJsonException {
    String name = entry.text("state");
    for (UploadState state : UploadState.values()) {
      // what comes after NOTIFIED is said of live uploads only, but for a discard that is due
      boolean stage = state.compareTo(UploadState.NOTIFIED) <= 0 || state == UploadState.CANCELLED;
      if (stage && state.name().equals(name)) {
        return state;
      }
    }
    throw entry.failure("state", "is not a stage of an upload");
  }

  private static JsonObject source(Source source) {
    return Json.object()
        .put("reference", source.reference())
        .put("fileName", source.fileName())
        .put("size", source.size())
        .put("lastModified", source.lastModified().toString())
        .put("digest", source.digest());
  }

  private static Source source(Fields fields) throws MalformedJsonException {
    return new Source(
        fields.anyText("reference"),
        fields.anyText("fileName"),
        fields.notNegative("size"),
        fields.instant("lastModified"),
        fields.anyText("digest"));
  }

  private static JsonObject object(ObjectProperties object) {
    JsonObject node =
        Json.object()
            .put("contentType", object.contentType())
            .put("metadata", Json.object(object.metadata()))
            .putIfThere("storageClass", object.storageClass());
    ServerSideEncryption encryption = object.encryption();
    if (encryption != null) {
      node.put(
          "encryption",
          Json.object()
              .put("algorithm", encryption.algorithm())
              .putIfThere("key", encryption.key()));
    }
    return node;
  }

  private static ObjectProperties object(Fields fields) throws MalformedJsonException {
    Fields encryption = fields.optionalObject("encryption");
    return new ObjectProperties(
        fields.anyText("contentType"),
        fields.texts("metadata"),
        fields.optionalText("storageClass"),
        encryption == null
            ? null
            : new ServerSideEncryption(
                encryption.text("algorithm"), encryption.optionalText("key")));
  }

  private static JsonObject target(Target target) {
    URI endpoint = target.endpoint();
    return Json.object()
        .put("bucket", target.bucket())
        .put("key", target.key())
        .put("region", target.region())
        .put("pathStyleAccess", target.pathStyleAccess())
        .putIfThere("endpoint", endpoint == null ? null : endpoint.toString())
        .putIfThere("renewalToken", target.renewalToken());
  }

  private static Target target(Fields fields) throws MalformedJsonException {
    return new Target(
        fields.text("bucket"),
        fields.text("key"),
        fields.text("region"),
        fields.optionalUri("endpoint"),
        fields.flag("pathStyleAccess"),
        fields.optionalText("renewalToken"));
  }

  private static JsonObject transfer(Transfer transfer) {
    JsonObject node =
        Json.object()
            .put("partSize", transfer.partSize())
            .put("checksummed", transfer.checksummed())
            .putIfThere("multipartUploadId", transfer.multipartUploadId());
    if (transfer.completing()) {
      node.put("completing", true);
    }
    if (!transfer.confirmed().isEmpty()) {
      JsonObject confirmed = Json.object();
      transfer.confirmed().forEach((part, crc32) -> confirmed.put(part.toString(), crc32));
      node.put("confirmed", confirmed);
    }
    return node;
  }

  private static Transfer transfer(Fields fields) throws MalformedJsonException {
    return new Transfer(
        fields.notNegative("partSize"),
        fields.optionalText("multipartUploadId"),
        fields.flag("checksummed"),
        fields.has("completing") && fields.flag("completing"),
        fields.has("confirmed") ? confirmed(fields) : Map.of());
  }

  private static Map<Integer, String> confirmed(Fields fields) throws MalformedJsonException {
    Map<Integer, String> checksums = new HashMap<>();
    for (Map.Entry<String, String> part : fields.texts("confirmed").entrySet()) {
      if (!part.getKey().matches("[1-9][0-9]{0,4}")) {
        throw fields.failure("confirmed", "has a part number that is none: " + part.getKey());
      }
      checksums.put(Integer.valueOf(part.getKey()), part.getValue());
    }
    return checksums;
  }

  private static JsonObject stored(Stored stored) {
    JsonObject node = Json.object().put("eTag", stored.eTag()).put("confirmed", stored.confirmed());
    if (stored.checksum() != null) {
      node.put("checksum", ChecksumJson.write(stored.checksum()));
    }
    return node;
  }

  private static Stored stored(Fields fields) throws MalformedJsonException {
    Fields checksum = fields.optionalObject("checksum");
    return new Stored(
        fields.anyText("eTag"),
        checksum == null ? null : ChecksumJson.read(checksum),
        fields.flag("confirmed"));
  }
}
