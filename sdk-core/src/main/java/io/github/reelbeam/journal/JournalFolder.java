package io.github.reelbeam.journal;

import io.github.reelbeam.UploadId;
import io.github.reelbeam.internal.json.JournalJson;
import io.github.reelbeam.internal.json.MalformedJsonException;
import io.github.reelbeam.internal.json.NewerVersionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The files of a journal: {@code <id>.json} is an entry, {@code <id>.lock} the right to work on it,
 * {@code <id>.<random>.tmp} an entry on its way, {@code .journal.lock} the right to add and remove.
 *
 * @param path the folder, without links in it
 * @param disk by which the entries are changed
 */
record JournalFolder(Path path, Disk disk) {
  private static final String DOCUMENT = ".json";
  private static final String LOCK = ".lock";
  private static final String TEMPORARY = ".tmp";
  private static final String UNREADABLE = ".unreadable";

  private static final Pattern UPLOAD_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** An entry has some thousand bytes. */
  private static final int MAX_DOCUMENT_BYTES = 1 << 20;

  /** What is behind the name of an entry. */
  sealed interface Document {
    /** An entry. */
    record Intact(JournalEntry entry) implements Document {}

    /** Nothing that can be used: torn, or not ours. */
    record Unreadable(String why) implements Document {}

    /** An entry of a Reelbeam that comes after this one. */
    record Newer(String why) implements Document {}
  }

  Path folderLock() {
    // cannot be an upload's: ids have no dots
    return path.resolve(".journal" + LOCK);
  }

  Path lock(UploadId id) {
    return path.resolve(id + LOCK);
  }

  Path document(UploadId id) {
    return path.resolve(id + DOCUMENT);
  }

  boolean hasDocument(UploadId id) {
    return Files.exists(document(id));
  }

  /** The uploads that have a document, in no order. */
  List<UploadId> ids() throws IOException {
    return idsOf("*" + DOCUMENT);
  }

  /** The uploads that have a lock or a temporary file, some twice. */
  List<UploadId> idsOfLeftovers() throws IOException {
    List<UploadId> ids = new ArrayList<>(idsOf("*" + LOCK));
    ids.addAll(idsOf("*" + TEMPORARY));
    return ids;
  }

  private List<UploadId> idsOf(String glob) throws IOException {
    List<UploadId> ids = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, glob)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        String id = name.substring(0, name.indexOf('.'));
        if (isUploadId(id)) {
          ids.add(new UploadId(id));
        }
      }
    }
    return ids;
  }

  /** Other files are none of the journal's business. */
  private static boolean isUploadId(String name) {
    return UPLOAD_ID.matcher(name).matches();
  }

  /** Reads what is there; empty if there is nothing. */
  Optional<Document> read(UploadId id) throws IOException {
    byte[] bytes;
    try {
      bytes = bytes(document(id));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      JournalEntry entry = JournalJson.read(bytes);
      return Optional.of(
          entry.id().equals(id)
              ? new Document.Intact(entry)
              : new Document.Unreadable("it is the entry of upload " + entry.id()));
    } catch (MalformedJsonException e) {
      return Optional.of(new Document.Unreadable(String.valueOf(e.getMessage())));
    } catch (NewerVersionException e) {
      return Optional.of(new Document.Newer(String.valueOf(e.getMessage())));
    }
  }

  /** An interrupt must not make a good document look like a torn one. */
  private static byte[] bytes(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // to open a pipe would be to wait for whoever writes to it
      throw new IOException("it is not a file: " + file);
    }
    try (InterruptShield shield = new InterruptShield()) {
      while (true) {
        try (InputStream in = Files.newInputStream(file)) {
          return bytes(in);
        } catch (ClosedByInterruptException e) {
          shield.absorb();
        }
      }
    }
  }

  /** As much as makes an entry, or one byte more. InputStream.readNBytes is not on Android 8. */
  private static byte[] bytes(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[8 << 10];
    int length = in.read(some);
    while (length >= 0 && all.size() <= MAX_DOCUMENT_BYTES) {
      all.write(some, 0, length);
      length = in.read(some);
    }
    return all.toByteArray();
  }

  /**
   * Replaces an upload's document. The new one is complete and on the disk before it gets the name,
   * so that a reader, or a process after a crash, sees the old one or the new one and nothing else.
   */
  void write(JournalEntry entry) throws IOException {
    byte[] bytes = JournalJson.write(entry);
    if (bytes.length > MAX_DOCUMENT_BYTES) {
      // nobody could read it again: the next process would set it aside, and the upload be lost
      throw new IOException(
          "an entry has at most "
              + MAX_DOCUMENT_BYTES
              + " bytes, and this one has "
              + bytes.length);
    }
    Path temporary = path.resolve(entry.id() + "." + UUID.randomUUID() + TEMPORARY);
    try {
      try (Disk.NewFile file = disk.create(temporary)) {
        file.write(bytes);
        file.force();
      }
      disk.rename(temporary, document(entry.id()));
    } finally {
      disk.delete(temporary);
    }
    disk.force(path);
  }

  void delete(UploadId id) throws IOException {
    disk.delete(document(id));
    disk.force(path);
  }

  /** Gives a document another name, under which nobody reads it. */
  Path setAside(UploadId id) throws IOException {
    Path aside = path.resolve(id + DOCUMENT + UNREADABLE);
    disk.rename(document(id), aside);
    disk.force(path);
    return aside;
  }

  /**
   * Deletes what a crash in the middle of {@link #write} left. For the holder of the claim only.
   */
  void deleteTemporaries(UploadId id) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, id + ".*" + TEMPORARY)) {
      for (Path file : files) {
        disk.delete(file);
      }
    }
  }
}
