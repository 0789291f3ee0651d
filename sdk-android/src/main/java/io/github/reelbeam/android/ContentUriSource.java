package io.github.reelbeam.android;

import android.content.ContentResolver;
import android.content.Context;
import android.content.Intent;
import android.net.Uri;
import io.github.reelbeam.VideoSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;

/**
 * A video behind a {@code content://} URI: from the photo picker, a document provider, or another
 * app. It is read where it is, through file descriptors, one for each part that is under way;
 * nothing of it is held in memory.
 *
 * <p>Where a provider gives a stream instead of a file, as those of cloud drives may, the video is
 * copied once to the app's cache folder and read from there. The copy goes away when no upload
 * needs it any more ({@link AndroidUploads#resumeAll}), and is made anew if the system has cleared
 * the cache meanwhile.
 *
 * <p>The app may read the URI as long as the grant lasts that came with it: usually until the
 * activity that received it is gone, or until the device is started again. {@link #keepPermission}
 * asks for more, so that a later process can go on with the upload.
 *
 * <p>Safe for use by many threads. It asks the provider, and may copy: not for the main thread.
 */
public final class ContentUriSource implements VideoSource {
  private final ContentResolver resolver;
  private final Uri uri;
  private final VideoCopies copies;
  private final ContentFacts facts;

  private ContentUriSource(Context app, Uri uri) {
    this.resolver = app.getContentResolver();
    this.uri = uri;
    this.copies = VideoCopies.of(app);
    this.facts = new ContentFacts(resolver, uri);
  }

  /**
   * Returns the source for a URI. It is looked at when it is used, not here.
   *
   * @param context any context of the app; the application's is kept
   * @throws IllegalArgumentException if the URI is no {@code content://} URI: a file is {@link
   *     VideoSource#of(java.nio.file.Path)}
   */
  public static ContentUriSource of(Context context, Uri uri) {
    if (!fits(uri)) {
      throw new IllegalArgumentException(
          uri + " is no content:// URI; for a file there is VideoSource.of(Path)");
    }
    return new ContentUriSource(context.getApplicationContext(), uri);
  }

  static boolean fits(Uri uri) {
    return ContentResolver.SCHEME_CONTENT.equals(uri.getScheme());
  }

  /**
   * Asks Android to let the app read this URI after it has been started again, too. Possible for
   * URIs of {@code ACTION_OPEN_DOCUMENT} and of the photo picker; an app may keep some hundreds of
   * them. Call {@link #releasePermission} when the upload is done.
   *
   * @return whether that was granted; if not, the upload goes on only as long as this process lives
   */
  public boolean keepPermission() {
    try {
      resolver.takePersistableUriPermission(uri, Intent.FLAG_GRANT_READ_URI_PERMISSION);
      return true;
    } catch (SecurityException e) {
      // nobody offered it along with the URI
      return false;
    }
  }

  /** Gives back what {@link #keepPermission} got. */
  public void releasePermission() {
    try {
      resolver.releasePersistableUriPermission(uri, Intent.FLAG_GRANT_READ_URI_PERMISSION);
    } catch (SecurityException e) {
      // there is nothing to give back
    }
  }

  /** The name that the provider shows for it, or else the URI's last part. */
  @Override
  public String name() {
    return facts.name();
  }

  /** The URI. */
  @Override
  public String reference() {
    return uri.toString();
  }

  @Override
  public long size() throws IOException {
    return reading(
        () -> {
          try (ContentChannel channel = ContentChannel.open(resolver, uri)) {
            if (channel != null) {
              return channel.size();
            }
          }
          return copies.get(resolver, uri).length();
        });
  }

  /**
   * As the provider or the file says; the epoch if neither does, so that size and content alone
   * tell whether the video has changed.
   */
  @Override
  public Instant lastModified() throws IOException {
    return reading(facts::lastModified);
  }

  @Override
  public SeekableByteChannel open() throws IOException {
    return reading(
        () -> {
          SeekableByteChannel channel = ContentChannel.open(resolver, uri);
          return channel == null ? copies.open(resolver, uri) : channel;
        });
  }

  /** What asks the provider. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T reading(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (SecurityException e) {
      throw because(
          e,
          new AccessDeniedException(
              uri.toString(),
              null,
              "the app may not read it any more; let the user pick the video again, and call"
                  + " keepPermission() for one that is to outlive the process"));
    } catch (FileNotFoundException e) {
      throw because(e, new NoSuchFileException(uri.toString(), null, e.getMessage()));
    } catch (RuntimeException e) {
      // a provider's own failure comes through as whatever it threw
      throw new IOException("the provider of " + uri + " failed: " + e, e);
    }
  }

  private static IOException because(Exception cause, IOException said) {
    said.initCause(cause);
    return said;
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
