package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.SourceException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.journal.JournalEntry.Source;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.temporal.ChronoUnit;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a source is still the one an upload began with: by size, time of last change, and a
 * digest over samples of the content, as some programs change a file and put its time back.
 */
final class SourceIdentity {
  private static final int SAMPLES = 16;
  private static final int SAMPLE_SIZE = 64 << 10;

  private SourceIdentity() {}

  /** Where the digest comes from. */
  private interface Digester {
    String digest(long size) throws IOException;
  }

  /**
   * Looks at a source.
   *
   * @throws SourceException if it is missing, empty or cannot be read
   */
  static Source of(VideoSource source, String fileName) {
    return look(source, fileName, size -> digest(source, size));
  }

  private static Source look(VideoSource source, String fileName, Digester digester) {
    try {
      long size = source.size();
      if (size == 0) {
        throw new SourceException(
            source + " is empty: there is no video to upload",
            new Details(null, Stage.PREPARE, false, null),
            null);
      }
      return new Source(
          source.reference(),
          fileName,
          size,
          // not all file systems and journals keep more
          source.lastModified().truncatedTo(ChronoUnit.MILLIS),
          digester.digest(size));
    } catch (NoSuchFileException e) {
      throw unreadable(source + " is not there", null, e);
    } catch (IOException e) {
      throw unreadable(source + " cannot be read (" + e + ")", null, e);
    }
  }

  /**
   * Checks that a source is what it was.
   *
   * @throws SourceException if it is not, or cannot be read
   */
  static void verify(VideoSource source, Source before, UploadId id) {
    verify(source, before, id, size -> digest(source, size));
  }

  /**
   * Checks that a source has the size and the time of last change that it had, without reading it.
   * Enough as long as nothing of it is stored, for it is read before it becomes an object.
   *
   * @throws SourceException if it is not, or cannot be found
   */
  static void verifyUnread(VideoSource source, Source before, UploadId id) {
    verify(source, before, id, size -> before.digest());
  }

  private static void verify(VideoSource source, Source before, UploadId id, Digester digester) {
    Source now;
    try {
      now = look(source, before.fileName(), digester);
    } catch (SourceException e) {
      String message = "upload " + id + " cannot go on: " + e.getMessage();
      if (e.getCause() == null) {
        // it is there, and has become empty: a change like any other
        throw new SourceException(message, new Details(id, Stage.PREPARE, false, null), e);
      }
      throw unreadable(message, id, e);
    }
    String difference = difference(before, now);
    if (difference != null) {
      throw new SourceException(
          "upload "
              + id
              + " cannot go on: "
              + source
              + " has changed since it began ("
              + difference
              + "). Discard it and upload the file anew.",
          new Details(id, Stage.PREPARE, false, null),
          null);
    }
  }

  private static @Nullable String difference(Source before, Source now) {
    if (before.size() != now.size()) {
      return "it had " + before.size() + " bytes and has " + now.size();
    }
    if (!before.lastModified().equals(now.lastModified())) {
      return "it was last changed at " + now.lastModified() + ", not " + before.lastModified();
    }
    return before.digest().equals(now.digest()) ? null : "its content is another";
  }

  private static SourceException unreadable(
      String message, @Nullable UploadId id, Exception cause) {
    // an upload that has begun can go on once the source is back; one that has not is simply not
    // there
    boolean resumable = id != null;
    return new SourceException(message, new Details(id, Stage.PREPARE, resumable, null), cause);
  }

  /**
   * The CRC32 of each sample, one after the other; the size goes before the first. It tells a file
   * from what has become of it since as well as SHA-256 does, in a tenth of the time, which counts
   * for small files; nobody gains anything by forging a file of their own.
   */
  private static String digest(VideoSource source, long size) throws IOException {
    StringBuilder digest = new StringBuilder();
    CRC32 crc = new CRC32();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, size));
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(SAMPLE_SIZE, size));
    try (SeekableByteChannel channel = source.open()) {
      // evenly from the very first to the very last byte
      long last = size - buffer.capacity();
      // two at least
      int samples = (int) Math.min(SAMPLES, last / SAMPLE_SIZE + 2);
      for (int i = 0; i < samples; i++) {
        channel.position(last / (samples - 1) * i + last % (samples - 1) * i / (samples - 1));
        ((Buffer) buffer).clear();
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
        ((Buffer) buffer).flip();
        crc.update(buffer);
        digest.append(hex((int) crc.getValue()));
        crc.reset();
      }
    }
    return digest.toString();
  }

  private static String hex(int crc) {
    return Long.toHexString(1L << Integer.SIZE | Integer.toUnsignedLong(crc)).substring(1);
  }
}
