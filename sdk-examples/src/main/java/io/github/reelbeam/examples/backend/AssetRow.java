package io.github.reelbeam.examples.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.reelbeam.backend.AssetChecksum;
import io.github.reelbeam.backend.RegisteredAsset;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An asset as a row of the table. */
final class AssetRow {
  static final String INSERT_UNLESS_TAKEN =
      """
      INSERT INTO assets (asset_id, upload_id, object_key, subject, size, content_type, e_tag,
        checksum_algorithm, checksum_type, checksum_value, file_name, metadata, registered_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private AssetRow() {}

  /** Fills in the parameters of {@link #INSERT_UNLESS_TAKEN}. */
  static void write(RegisteredAsset asset, PreparedStatement insert) throws SQLException {
    AssetChecksum checksum = asset.checksum();
    insert.setString(1, asset.assetId());
    insert.setString(2, asset.uploadId());
    insert.setString(3, asset.key());
    insert.setString(4, asset.subject());
    insert.setLong(5, asset.size());
    insert.setString(6, asset.contentType());
    insert.setString(7, asset.eTag());
    insert.setString(8, checksum == null ? null : checksum.algorithm());
    insert.setString(9, checksum == null ? null : checksum.type());
    insert.setString(10, checksum == null ? null : checksum.value());
    insert.setString(11, asset.fileName());
    insert.setString(12, json(asset.metadata()));
    insert.setString(13, asset.registeredAt().toString());
  }

  static RegisteredAsset read(ResultSet row) throws SQLException {
    return new RegisteredAsset(
        row.getString("asset_id"),
        row.getString("upload_id"),
        row.getString("subject"),
        row.getString("object_key"),
        row.getLong("size"),
        row.getString("content_type"),
        row.getString("e_tag"),
        checksum(row),
        row.getString("file_name"),
        texts(row.getString("metadata")),
        Instant.parse(row.getString("registered_at")));
  }

  private static @Nullable AssetChecksum checksum(ResultSet row) throws SQLException {
    String value = row.getString("checksum_value");
    return value == null
        ? null
        : new AssetChecksum(
            row.getString("checksum_algorithm"), row.getString("checksum_type"), value);
  }

  private static String json(Map<String, String> texts) throws SQLException {
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new SQLException("metadata cannot be written", e);
    }
  }

  private static Map<String, String> texts(String json) throws SQLException {
    try {
      return JSON.readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new SQLException("metadata cannot be read", e);
    }
  }
}
