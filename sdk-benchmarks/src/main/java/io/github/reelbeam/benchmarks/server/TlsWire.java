package io.github.reelbeam.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/**
 * A connection with TLS. Many records come with one system call, where an {@code SSLSocket} needs
 * two for each, and each is decrypted into the same few KiB, which stay in the processor's cache.
 */
final class TlsWire implements Wire {
  /** A power of two above the longest record. */
  private static final int RECORD = 32 << 10;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer received = ByteBuffer.allocate(8 * RECORD).limit(0);
  private final ByteBuffer toSend = ByteBuffer.allocate(RECORD);

  TlsWire(SocketChannel channel, SSLEngine engine) {
    this.channel = channel;
    this.engine = engine;
  }

  /** On the heap: the JDK's AES-GCM works on arrays and would copy what is elsewhere. */
  @Override
  public ByteBuffer buffer() {
    return ByteBuffer.allocate(2 * RECORD);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    while (true) {
      SSLEngineResult result = engine.unwrap(received, into);
      switch (result.getStatus()) {
        case OK -> {
          continueHandshake(result.getHandshakeStatus());
          if (result.bytesProduced() > 0) {
            return result.bytesProduced();
          }
        }
        case BUFFER_UNDERFLOW -> {
          received.compact();
          int count = channel.read(received);
          received.flip();
          if (count < 0) {
            return -1;
          }
        }
        case CLOSED -> {
          return -1;
        }
        case BUFFER_OVERFLOW -> throw new IOException("no room for a record: " + into);
      }
    }
  }

  private void continueHandshake(SSLEngineResult.HandshakeStatus first) throws IOException {
    SSLEngineResult.HandshakeStatus status = first;
    while (true) {
      switch (status) {
        case NEED_TASK -> {
          for (Runnable task = engine.getDelegatedTask();
              task != null;
              task = engine.getDelegatedTask()) {
            task.run();
          }
          status = engine.getHandshakeStatus();
        }
        case NEED_WRAP -> status = wrap(NOTHING);
        default -> {
          return;
        }
      }
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      wrap(bytes);
    }
  }

  private SSLEngineResult.HandshakeStatus wrap(ByteBuffer bytes) throws IOException {
    SSLEngineResult result = engine.wrap(bytes, toSend.clear());
    if (result.getStatus() == SSLEngineResult.Status.CLOSED && bytes.hasRemaining()) {
      throw new IOException("the client has closed the connection");
    }
    toSend.flip();
    while (toSend.hasRemaining()) {
      channel.write(toSend);
    }
    return result.getHandshakeStatus();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
