package io.github.reelbeam.android;

import android.content.ContentResolver;
import android.database.Cursor;
import android.net.Uri;
import android.provider.DocumentsContract.Document;
import android.provider.MediaStore.MediaColumns;
import android.provider.OpenableColumns;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a provider says of a video beside its bytes. */
final class ContentFacts {
  private final ContentResolver resolver;
  private final Uri uri;
  private volatile @Nullable String name;

  ContentFacts(ContentResolver resolver, Uri uri) {
    this.resolver = resolver;
    this.uri = uri;
  }

  String name() {
    String known = name;
    if (known == null) {
      known = askedName();
      name = known;
    }
    return known;
  }

  private String askedName() {
    String said = null;
    try {
      said = text(OpenableColumns.DISPLAY_NAME);
    } catch (RuntimeException e) {
      // a name is not worth a failure: whoever may not read the video hears of it elsewhere
    }
    if (said == null || said.isEmpty()) {
      said = uri.getLastPathSegment();
    }
    return said == null || said.isEmpty() ? "video" : said;
  }

  /** In the columns of documents, in milliseconds; or of the media store, in seconds. */
  Instant lastModified() {
    Long millis = number(Document.COLUMN_LAST_MODIFIED);
    if (millis != null) {
      return Instant.ofEpochMilli(millis);
    }
    Long seconds = number(MediaColumns.DATE_MODIFIED);
    return seconds == null ? Instant.EPOCH : Instant.ofEpochSecond(seconds);
  }

  /** In bytes, if the provider says so. */
  @Nullable Long size() {
    return number(OpenableColumns.SIZE);
  }

  private @Nullable String text(String column) {
    return value(column, Cursor::getString);
  }

  private @Nullable Long number(String column) {
    try {
      return value(column, Cursor::getLong);
    } catch (SecurityException e) {
      throw e;
    } catch (RuntimeException e) {
      // providers differ in what they make of a column that they do not have
      return null;
    }
  }

  private <T> @Nullable T value(String column, Column<T> type) {
    try (Cursor cursor = resolver.query(uri, new String[] {column}, null, null, null)) {
      if (cursor == null || !cursor.moveToFirst()) {
        return null;
      }
      int index = cursor.getColumnIndex(column);
      return index < 0 || cursor.isNull(index) ? null : type.of(cursor, index);
    }
  }

  private interface Column<T> {
    @Nullable T of(Cursor cursor, int index);
  }
}
