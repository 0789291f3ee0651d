package io.github.reelbeam.android;

import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.res.AssetFileDescriptor;
import android.database.Cursor;
import android.database.MatrixCursor;
import android.net.Uri;
import android.os.ParcelFileDescriptor;
import android.provider.DocumentsContract.Document;
import android.provider.OpenableColumns;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Gives one video, in the ways that content providers have; the URI's path says in which. */
public final class VideoProvider extends ContentProvider {
  static final String AUTHORITY = "io.github.reelbeam.test.videos";

  /** How often a stream was asked for. */
  static final AtomicInteger STREAMS = new AtomicInteger();

  static final long MODIFIED = 1_764_000_000_123L;

  private static volatile @Nullable Path video;
  private static volatile boolean revoked;
  private static volatile @Nullable Long declaredSize;

  static void serve(Path file) {
    video = file;
    revoked = false;
    declaredSize = null;
    STREAMS.set(0);
  }

  /** What the provider says of the size; nothing by default. */
  static void declareSize(long size) {
    declaredSize = size;
  }

  /** From now on the app has no permission. */
  static void revoke() {
    revoked = true;
  }

  static Uri uri(String way) {
    return Uri.parse("content://" + AUTHORITY + "/" + way);
  }

  private static Path video() {
    Path file = video;
    if (file == null) {
      throw new IllegalStateException("there is no video");
    }
    return file;
  }

  private static void check() {
    if (revoked) {
      throw new SecurityException("Permission Denial: reading " + AUTHORITY);
    }
  }

  @Override
  public boolean onCreate() {
    return true;
  }

  @Override
  public @Nullable AssetFileDescriptor openAssetFile(Uri uri, String mode)
      throws FileNotFoundException {
    check();
    String way = String.valueOf(uri.getLastPathSegment());
    PipesLikeADevices.opening(way.equals("stream"));
    return switch (way) {
      case "file" -> new AssetFileDescriptor(file(), 0, AssetFileDescriptor.UNKNOWN_LENGTH);
      case "slice" -> new AssetFileDescriptor(file(), 1_000, 5_000);
      case "stream" -> new AssetFileDescriptor(pipe(), 0, AssetFileDescriptor.UNKNOWN_LENGTH);
      case "nothing" -> null;
      case "broken" -> throw new IllegalStateException("the provider's own mistake");
      default -> throw new FileNotFoundException("No item at " + uri);
    };
  }

  private static ParcelFileDescriptor file() throws FileNotFoundException {
    return ParcelFileDescriptor.open(
        new File(video().toString()), ParcelFileDescriptor.MODE_READ_ONLY);
  }

  /** As a provider does that has the video somewhere else, and fetches it while it is read. */
  private static ParcelFileDescriptor pipe() {
    STREAMS.incrementAndGet();
    try {
      ParcelFileDescriptor[] ends = ParcelFileDescriptor.createPipe();
      // Robolectric's pipes are files, of which a reader finds the end where the writer is just
      // then
      try (OutputStream out = new ParcelFileDescriptor.AutoCloseOutputStream(ends[1])) {
        Files.copy(video(), out);
      }
      return ends[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable Cursor query(
      Uri uri,
      String @Nullable [] projection,
      @Nullable String selection,
      String @Nullable [] selectionArgs,
      @Nullable String sortOrder) {
    check();
    MatrixCursor cursor =
        new MatrixCursor(
            new String[] {
              OpenableColumns.DISPLAY_NAME, Document.COLUMN_LAST_MODIFIED, OpenableColumns.SIZE
            });
    cursor.addRow(new Object[] {"holiday.mp4", MODIFIED, declaredSize});
    return cursor;
  }

  @Override
  public @Nullable String getType(Uri uri) {
    return "video/mp4";
  }

  @Override
  public @Nullable Uri insert(Uri uri, @Nullable ContentValues values) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int delete(Uri uri, @Nullable String selection, String @Nullable [] selectionArgs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int update(
      Uri uri,
      @Nullable ContentValues values,
      @Nullable String selection,
      String @Nullable [] selectionArgs) {
    throw new UnsupportedOperationException();
  }
}
