package io.github.reelbeam.journal;

import io.github.reelbeam.UploadId;
import io.github.reelbeam.journal.JournalFolder.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Spares a look through the folder the reading of what it has read before: a document is replaced
 * as a whole, by another file, which the file system tells. Otherwise each of a thousand uploads
 * that are begun one after another would read all before it.
 *
 * <p>What is found in it has to be read again before anything relies on it: the times of files are
 * coarse, and their identities are used again. Not safe for use by more than one thread.
 */
final class SeenDocuments {
  // those of uploads with very many parts are few, and large
  private static final long MAX_KEPT_BYTES = 16 << 10;

  private final JournalFolder folder;
  private final Map<UploadId, Seen> seen = new HashMap<>();

  SeenDocuments(JournalFolder folder) {
    this.folder = folder;
  }

  private record Seen(@Nullable Object file, FileTime modified, long size, Document document) {
    boolean isStill(BasicFileAttributes now) {
      return size == now.size()
          && modified.equals(now.lastModifiedTime())
          && (file == null ? now.fileKey() == null : file.equals(now.fileKey()));
    }
  }

  /** Reads what is there, or was there before and has not changed; empty if there is nothing. */
  Optional<Document> read(UploadId id) throws IOException {
    BasicFileAttributes now;
    try {
      // before the content: if it is replaced in between, the next look finds it changed
      now = Files.readAttributes(folder.document(id), BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      seen.remove(id);
      return Optional.empty();
    }
    Seen before = seen.get(id);
    if (before != null && before.isStill(now)) {
      return Optional.of(before.document());
    }
    seen.remove(id);
    Optional<Document> document = folder.read(id);
    if (now.size() <= MAX_KEPT_BYTES && document.orElse(null) instanceof Document.Intact intact) {
      seen.put(id, new Seen(now.fileKey(), now.lastModifiedTime(), now.size(), intact));
    }
    return document;
  }

  /** Forgets all others. */
  void retain(Collection<UploadId> ids) {
    if (seen.size() > ids.size()) {
      seen.keySet().retainAll(new HashSet<>(ids));
    }
  }
}
