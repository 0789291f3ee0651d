package io.github.reelbeam.examples.backend;

import io.github.reelbeam.backend.AssetStore;
import io.github.reelbeam.backend.RegisteredAsset;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The assets in an SQLite file. What {@link #register} has returned survives a kill and a power
 * cut.
 *
 * <p>Safe for use by several threads, which take turns at the one connection, and by several
 * processes on one machine.
 */
public final class SqliteAssetStore implements AssetStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteAssetStore.class);

  /**
   * Some of a user's assets.
   *
   * @param assets the newest first
   * @param next where the older ones begin, or null if there are none
   */
  record Listing(List<RegisteredAsset> assets, @Nullable Long next) {}

  private final Connection connection;

  private SqliteAssetStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens the file, and makes it with the folders above it if there is none.
   *
   * @throws IOException if it cannot be opened, or was written by a later version
   */
  public static SqliteAssetStore open(Path file) throws IOException {
    try {
      return new SqliteAssetStore(AssetDatabase.open(file));
    } catch (SQLException e) {
      throw new IOException("the database cannot be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized Optional<RegisteredAsset> findByUploadId(String uploadId) {
    try {
      return first("SELECT * FROM assets WHERE upload_id = ?", uploadId);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized RegisteredAsset register(RegisteredAsset asset) {
    try {
      connection.setAutoCommit(false);
      try {
        insertUnlessTaken(asset);
        RegisteredAsset registered = ofUploadOrKey(asset.uploadId(), asset.key());
        // An app would put a job for the post-processing into the same transaction here, if the
        // asset is new: a job without an asset, or an asset without a job, cannot be then.
        connection.commit();
        return registered;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void insertUnlessTaken(RegisteredAsset asset) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(AssetRow.INSERT_UNLESS_TAKEN)) {
      AssetRow.write(asset, insert);
      insert.executeUpdate();
    }
  }

  private RegisteredAsset ofUploadOrKey(String uploadId, String key) throws SQLException {
    return first(
            "SELECT * FROM assets WHERE upload_id = ?1 OR object_key = ?2"
                + " ORDER BY upload_id = ?1 DESC LIMIT 1",
            uploadId,
            key)
        .orElseThrow(() -> new SQLException("neither inserted nor there: " + uploadId));
  }

  /** A user's asset; empty also if it is somebody else's. */
  synchronized Optional<RegisteredAsset> find(String subject, String assetId) {
    try {
      return first("SELECT * FROM assets WHERE subject = ? AND asset_id = ?", subject, assetId);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * A user's assets.
   *
   * @param before what the listing of newer ones gave as {@code next}; the newest are listed
   *     without
   */
  synchronized Listing list(String subject, int limit, @Nullable Long before) {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM assets WHERE subject = ? AND sequence < ?"
                + " ORDER BY sequence DESC LIMIT ?")) {
      select.setString(1, subject);
      select.setLong(2, before == null ? Long.MAX_VALUE : before);
      // one more than wanted tells whether there are more
      select.setInt(3, limit + 1);
      List<RegisteredAsset> assets = new ArrayList<>();
      Long last = null;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          if (assets.size() == limit) {
            return new Listing(assets, last);
          }
          last = row.getLong("sequence");
          assets.add(AssetRow.read(row));
        }
      }
      return new Listing(assets, null);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Whether the database answers. */
  synchronized boolean isUp() {
    try {
      first("SELECT * FROM assets LIMIT 1");
      return true;
    } catch (SQLException e) {
      LOG.error("the database does not answer", e);
      return false;
    }
  }

  private Optional<RegisteredAsset> first(String query, String... parameters) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setString(i + 1, parameters[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(AssetRow.read(row)) : Optional.empty();
      }
    }
  }

  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException("the database failed: " + e.getMessage(), e);
  }

  /** Waits for what is being written, and closes the file. */
  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
