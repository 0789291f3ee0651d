package io.github.reelbeam.testservers;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Writes to a client in drops, no faster than it is told to. */
final class DrippingOutput extends OutputStream {

  private static final int DROPS_PER_SECOND = 20;

  private final OutputStream out;
  private final ProxyConnection connection;
  private final long bytesPerSecond;

  DrippingOutput(OutputStream out, ProxyConnection connection, long bytesPerSecond) {
    this.out = out;
    this.connection = connection;
    this.bytesPerSecond = bytesPerSecond;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int drop = (int) Math.min(length, Math.max(1, bytesPerSecond / DROPS_PER_SECOND));
    for (int done = 0; done < length; done += drop) {
      int size = Math.min(drop, length - done);
      connection.pause(Duration.ofNanos(size * 1_000_000_000L / bytesPerSecond));
      out.write(bytes, offset + done, size);
      out.flush();
    }
  }
}
