package io.github.reelbeam.android;

import android.content.ContentResolver;
import android.content.Context;
import android.net.Uri;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies, in the app's cache folder, of videos that can only be read from the beginning to the end.
 * One that is there is whole: it gets its name when it is.
 */
final class VideoCopies {
  /** Not the name of the class: that one changes when the app is shrunk. */
  private static final Logger LOG = LoggerFactory.getLogger("io.github.reelbeam.android");

  /** One at a time in this process: parts that are read side by side are to find the same copy. */
  private static final Object COPYING = new Object();

  private static final String UNFINISHED = ".part";

  private final Path folder;

  private VideoCopies(Path folder) {
    this.folder = folder;
  }

  static VideoCopies of(Context app) {
    return new VideoCopies(new File(app.getCacheDir(), "reelbeam").toPath());
  }

  /** The copy of a video, made if there is none. */
  File get(ContentResolver resolver, Uri uri) throws IOException {
    Path copy = folder.resolve(nameOf(uri.toString()));
    synchronized (COPYING) {
      if (!Files.exists(copy)) {
        copy(resolver, uri, copy);
      }
    }
    return copy.toFile();
  }

  SeekableByteChannel open(ContentResolver resolver, Uri uri) throws IOException {
    return Files.newByteChannel(get(resolver, uri).toPath());
  }

  private void copy(ContentResolver resolver, Uri uri, Path copy) throws IOException {
    Files.createDirectories(folder);
    Path unfinished = folder.resolve(copy.getFileName() + UNFINISHED);
    LOG.info("{} can only be read as a stream, and is copied to the cache first", uri);
    try (InputStream bytes = resolver.openInputStream(uri)) {
      if (bytes == null) {
        throw new IOException("the provider of " + uri + " gave nothing");
      }
      long count = Files.copy(bytes, unfinished, StandardCopyOption.REPLACE_EXISTING);
      checkWhole(count, new ContentFacts(resolver, uri).size(), uri);
      Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** A stream that breaks off looks like one that ends. */
  private static void checkWhole(long count, @Nullable Long declared, Uri uri) throws IOException {
    if (declared != null && declared != count) {
      throw new IOException(
          "the provider of " + uri + " gave " + count + " of " + declared + " bytes; try again");
    }
  }

  /** Deletes the copies of all sources but these. */
  void keepOnly(Set<String> references) {
    Set<String> needed = new HashSet<>();
    references.forEach(reference -> needed.add(nameOf(reference)));
    File[] copies = folder.toFile().listFiles();
    if (copies == null) {
      // there never was one
      return;
    }
    synchronized (COPYING) {
      for (File copy : copies) {
        if (!needed.contains(copy.getName()) && !copy.delete()) {
          LOG.warn("{} is not needed any more and cannot be deleted", copy);
        }
      }
    }
  }

  /** The same for the same URI in every process, and a file's name whatever the URI holds. */
  private static String nameOf(String uri) {
    return UUID.nameUUIDFromBytes(uri.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
