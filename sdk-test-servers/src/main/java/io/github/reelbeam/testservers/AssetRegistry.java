package io.github.reelbeam.testservers;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes notifications: looks whether the object is there, and registers each upload once. */
final class AssetRegistry {

  private final EmbeddedS3 s3;
  private final LiveUploads live;
  private final List<Notification> notifications = new CopyOnWriteArrayList<>();
  private final Map<String, Asset> byUpload = new LinkedHashMap<>();

  AssetRegistry(EmbeddedS3 s3, LiveUploads live) {
    this.s3 = s3;
    this.live = live;
  }

  ApiAnswer register(ApiRequest request, URI base) throws ApiRefusal {
    notifications.add(new Notification(request.idempotencyKey(), request.body()));
    String uploadId = uploadId(request);
    String key = request.required("key");
    if (request.text("bucket").filter(bucket -> !bucket.equals(s3.bucket())).isPresent()) {
      throw notFound(key);
    }
    synchronized (byUpload) {
      Asset known = byUpload.get(uploadId);
      if (known != null && !known.key().equals(key)) {
        throw new ApiRefusal(409, "upload_conflict", "this upload has another key");
      }
      if (known == null && byUpload.values().stream().anyMatch(a -> a.key().equals(key))) {
        throw new ApiRefusal(409, "upload_conflict", "this key belongs to another upload");
      }
      Asset asset = known == null ? verified(request, uploadId, key) : known;
      byUpload.put(uploadId, asset);
      // a client that died between the start of a multipart upload and its note of it cannot know
      // the upload, and its credentials list none: who owns the bucket cleans up
      s3.abortUploads(key);
      live.changed();
      return new ApiAnswer(
          known == null ? 201 : 200,
          ApiAnswer.json()
              .put("assetId", asset.id())
              .put("key", key)
              .put("url", base.resolve("assets/" + asset.id() + "/content").toString()));
    }
  }

  private static String uploadId(ApiRequest request) throws ApiRefusal {
    String header = request.idempotencyKey();
    Optional<String> field = request.text("uploadId");
    if (header == null) {
      return request.required("uploadId");
    }
    if (field.filter(id -> !id.equals(header)).isPresent()) {
      throw ApiRefusal.badRequest("uploadId and Idempotency-Key differ");
    }
    return header;
  }

  private Asset verified(ApiRequest request, String uploadId, String key) throws ApiRefusal {
    StoredObject stored = s3.find(key).orElseThrow(() -> notFound(key));
    if (request.size() >= 0 && request.size() != stored.size()) {
      throw new ApiRefusal(409, "asset_mismatch", "the object has " + stored.size() + " bytes");
    }
    return new Asset(
        UUID.randomUUID().toString(),
        uploadId,
        key,
        request.text("fileName").orElse(key),
        stored.contentType(),
        stored.size(),
        s3.clock().instant());
  }

  private static ApiRefusal notFound(String key) {
    return new ApiRefusal(404, "asset_not_found", "no object under " + key);
  }

  List<Notification> notifications() {
    return List.copyOf(notifications);
  }

  List<Asset> assets() {
    synchronized (byUpload) {
      return List.copyOf(byUpload.values());
    }
  }

  Optional<Asset> find(String assetId) {
    return assets().stream().filter(asset -> asset.id().equals(assetId)).findFirst();
  }
}
