package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.SourceException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.VideoSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.overviewproject.mime_types.GetBytesException;
import org.overviewproject.mime_types.MimeTypeDetector;

/** Finds a source's media type out from its name and its first bytes. */
final class ContentTypes {
  private ContentTypes() {}

  /** Made when it is first needed: reading the type database takes tens of milliseconds. */
  private static final class Detector {
    static final MimeTypeDetector INSTANCE = new MimeTypeDetector();
  }

  /**
   * The media type; {@code application/octet-stream} if nothing tells.
   *
   * @throws SourceException if the source cannot be read
   */
  static String detect(VideoSource source, String fileName) {
    MimeTypeDetector detector = Detector.INSTANCE;
    try {
      String type =
          detector.detectMimeType(fileName, () -> head(source, detector.getMaxGetBytesLength()));
      // what the database says of a Matroska file without its name; nobody uploads anything else
      return type.equals("application/x-matroska") ? "video/x-matroska" : type;
    } catch (GetBytesException | CompletionException e) {
      // the detector promises the first, and throws the second
      throw new SourceException(
          source + " cannot be read", new Details(null, Stage.PREPARE, true, null), e);
    }
  }

  private static byte[] head(VideoSource source, int length) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(length);
    try (SeekableByteChannel channel = source.open()) {
      while (head.hasRemaining() && channel.read(head) >= 0) {}
    }
    return Arrays.copyOf(head.array(), head.position());
  }
}
