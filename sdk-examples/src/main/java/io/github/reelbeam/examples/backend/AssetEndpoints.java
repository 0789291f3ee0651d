package io.github.reelbeam.examples.backend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.reelbeam.backend.ApiResponse;
import io.github.reelbeam.backend.AssetChecksum;
import io.github.reelbeam.backend.RegisteredAsset;
import io.github.reelbeam.backend.RequestRefusedException;

/** What the page asks for: a user's own assets, and where to play them from. */
final class AssetEndpoints {
  private static final long FEW = 50;
  private static final long MOST = 100;

  private final SqliteAssetStore assets;
  private final PlaybackUrls playbackUrls;

  AssetEndpoints(SqliteAssetStore assets, PlaybackUrls playbackUrls) {
    this.assets = assets;
    this.playbackUrls = playbackUrls;
  }

  /** {@code GET api/v1/assets?limit=50&before=N}: the newest first, {@code next} for the rest. */
  ApiResponse list(Call call) {
    long limit = call.number("limit").orElse(FEW);
    if (limit < 1 || limit > MOST) {
      throw new RequestRefusedException(400, "invalid_request", "limit is 1 to " + MOST);
    }
    SqliteAssetStore.Listing listing =
        assets.list(call.subject(), (int) limit, call.number("before").orElse(null));
    ObjectNode json = Answers.object();
    ArrayNode array = json.putArray("assets");
    listing.assets().forEach(asset -> array.add(describe(asset)));
    if (listing.next() != null) {
      json.put("next", listing.next());
    }
    return Answers.json(200, json);
  }

  /** {@code GET api/v1/assets/ID/url}: where the store itself serves the video for a while. */
  ApiResponse url(Call call) {
    RegisteredAsset asset =
        assets
            .find(call.subject(), call.id())
            .orElseThrow(
                () -> new RequestRefusedException(404, "not_found", "there is no such asset"));
    return Answers.json(
        200,
        Answers.object()
            .put("url", playbackUrls.of(asset))
            .put("validSeconds", PlaybackUrls.VALIDITY.toSeconds()));
  }

  private static ObjectNode describe(RegisteredAsset asset) {
    ObjectNode json = Answers.object();
    json.put("assetId", asset.assetId())
        .put("uploadId", asset.uploadId())
        .put("key", asset.key())
        .put("fileName", asset.fileName())
        .put("size", asset.size())
        .put("contentType", asset.contentType())
        .put("registeredAt", asset.registeredAt().toString());
    AssetChecksum checksum = asset.checksum();
    if (checksum != null) {
      json.putObject("checksum")
          .put("algorithm", checksum.algorithm())
          .put("type", checksum.type())
          .put("value", checksum.value());
    }
    ObjectNode metadata = json.putObject("metadata");
    asset.metadata().forEach(metadata::put);
    return json;
  }
}
