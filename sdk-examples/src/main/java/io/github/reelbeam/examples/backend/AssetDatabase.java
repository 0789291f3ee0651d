package io.github.reelbeam.examples.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/** Opens the SQLite file of the assets, and gives a new one its tables. */
final class AssetDatabase {
  /** Told by {@code PRAGMA user_version}; a file of before the first schema says 0. */
  private static final int SCHEMA_VERSION = 1;

  private static final int BUSY_MILLIS = 5_000;

  // The two unique constraints make one asset of a notification that comes twice at once. The
  // sequence orders the list: times of day may be equal, and clocks are set back.
  private static final String ASSETS =
      """
      CREATE TABLE assets (
        sequence           INTEGER PRIMARY KEY AUTOINCREMENT,
        asset_id           TEXT NOT NULL UNIQUE,
        upload_id          TEXT NOT NULL UNIQUE,
        object_key         TEXT NOT NULL UNIQUE,
        subject            TEXT NOT NULL,
        size               INTEGER NOT NULL CHECK (size > 0),
        content_type       TEXT,
        e_tag              TEXT,
        checksum_algorithm TEXT,
        checksum_type      TEXT,
        checksum_value     TEXT,
        file_name          TEXT,
        metadata           TEXT NOT NULL,
        registered_at      TEXT NOT NULL
      ) STRICT
      """;

  private static final String INDEX =
      "CREATE INDEX assets_by_subject ON assets (subject, sequence)";

  private AssetDatabase() {}

  /** Opens the database, and creates it where there is none. */
  static Connection open(Path file) throws IOException, SQLException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    SQLiteConfig config = new SQLiteConfig();
    // readers do not wait for the writer
    config.setJournalMode(JournalMode.WAL);
    // a commit is on the disk when it returns: who was told of an asset can rely on it
    config.setSynchronous(SynchronousMode.FULL);
    // a second process that writes is waited for
    config.setBusyTimeout(BUSY_MILLIS);
    // the lock at the start of a transaction: taken later, it could fail midway
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    try {
      createTables(connection, file);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void createTables(Connection connection, Path file) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      int version = version(statement);
      if (version == 0) {
        statement.execute(ASSETS);
        statement.execute(INDEX);
        statement.execute("PRAGMA user_version = " + SCHEMA_VERSION);
      } else if (version != SCHEMA_VERSION) {
        throw new SQLException(
            file + " has version " + version + " of the schema, this program " + SCHEMA_VERSION);
      }
      connection.commit();
    }
    connection.setAutoCommit(true);
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      row.next();
      return row.getInt(1);
    }
  }
}
