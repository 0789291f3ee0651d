package io.github.reelbeam.android;

import android.content.ContentResolver;
import android.content.res.AssetFileDescriptor;
import android.net.Uri;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A channel over the file, or the stretch of a file, that a content provider has opened.
 *
 * <p>It keeps its own position and leaves the descriptor's alone: a provider may hand out
 * duplicates of one descriptor, which share theirs.
 */
final class ContentChannel implements SeekableByteChannel {
  private final AssetFileDescriptor descriptor;
  private final FileChannel file;
  private final long start;
  private final long length;
  private long position;

  private ContentChannel(
      AssetFileDescriptor descriptor, FileChannel file, long start, long length) {
    this.descriptor = descriptor;
    this.file = file;
    this.start = start;
    this.length = length;
  }

  /**
   * Opens what the provider has.
   *
   * @return null if that is no file but a stream, which has no size and no other place than its
   *     beginning
   * @throws IOException if the provider has nothing
   */
  static @Nullable ContentChannel open(ContentResolver resolver, Uri uri) throws IOException {
    AssetFileDescriptor descriptor = resolver.openAssetFileDescriptor(uri, "r");
    if (descriptor == null) {
      // the provider has crashed, or is too busy to answer
      throw new IOException("the provider of " + uri + " gave nothing");
    }
    ContentChannel channel = null;
    try {
      channel = over(descriptor);
      return channel;
    } finally {
      if (channel == null) {
        descriptor.close();
      }
    }
  }

  private static @Nullable ContentChannel over(AssetFileDescriptor descriptor) {
    long fileSize = descriptor.getParcelFileDescriptor().getStatSize();
    if (fileSize < 0) {
      // a pipe or a socket
      return null;
    }
    long start = descriptor.getStartOffset();
    long declared = descriptor.getDeclaredLength();
    long length =
        declared == AssetFileDescriptor.UNKNOWN_LENGTH ? Math.max(0, fileSize - start) : declared;
    FileChannel file = new FileInputStream(descriptor.getFileDescriptor()).getChannel();
    return new ContentChannel(descriptor, file, start, length);
  }

  @Override
  public synchronized int read(ByteBuffer target) throws IOException {
    checkOpen();
    if (position >= length) {
      return -1;
    }
    int limit = target.limit();
    int wanted = (int) Math.min(target.remaining(), length - position);
    // as a Buffer: on API 26 a ByteBuffer's own method of this name does not exist
    ((Buffer) target).limit(target.position() + wanted);
    try {
      int count = file.read(target, start + position);
      if (count > 0) {
        position += count;
      }
      return count;
    } finally {
      ((Buffer) target).limit(limit);
    }
  }

  @Override
  public synchronized long position() throws IOException {
    checkOpen();
    return position;
  }

  @Override
  public synchronized SeekableByteChannel position(long newPosition) throws IOException {
    checkOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("there is no position " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    return length;
  }

  private void checkOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      descriptor.close();
    }
  }
}
