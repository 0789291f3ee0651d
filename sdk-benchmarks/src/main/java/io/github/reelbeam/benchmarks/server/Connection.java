package io.github.reelbeam.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection of HTTP/1.1: request after request, until the client closes it. */
final class Connection implements Runnable {
  private final Wire wire;
  private final String scheme;
  private final Store store;
  private final Backend backend;
  private final ByteBuffer in;

  Connection(Wire wire, String scheme, Store store, Backend backend) {
    this.wire = wire;
    this.scheme = scheme;
    this.store = store;
    this.backend = backend;
    this.in = wire.buffer().limit(0);
  }

  @Override
  public void run() {
    try (wire) {
      boolean open = true;
      while (open) {
        RequestHead head = nextHead();
        if (head == null) {
          return;
        }
        answer(head);
        open = !head.header("connection", "").equalsIgnoreCase("close");
      }
    } catch (IOException | NumberFormatException e) {
      // a client that is killed or makes no sense has no further requests; the counts will tell
    }
  }

  private @Nullable RequestHead nextHead() throws IOException {
    while (true) {
      RequestHead head = RequestHead.takeFrom(in);
      if (head != null) {
        return head;
      }
      in.compact();
      if (in.remaining() < in.capacity() / 2) {
        throw new IOException("a head of more than " + in.position() + " bytes");
      }
      if (wire.read(in) < 0) {
        return null;
      }
      in.flip();
    }
  }

  private void answer(RequestHead head) throws IOException {
    if (head.header("expect", "").equalsIgnoreCase("100-continue")) {
      send("HTTP/1.1 100 Continue\r\n\r\n");
    }
    Body body = new Body(wire, in);
    long onWire = head.bodyLength();
    long received = onWire < 0 ? body.discardChunks() : body.discard(onWire);
    long size = received;
    if (head.isAwsChunked()) {
      size = Long.parseLong(head.header("x-amz-decoded-content-length", "0"));
      if (size > received) {
        throw new IOException(received + " bytes cannot hold " + size);
      }
    }
    Answer answer =
        Backend.isAsked(head) ? backend.answer(head, scheme) : store.answer(head, size, body.end());
    byte[] content = answer.body().getBytes(StandardCharsets.UTF_8);
    // what a HEAD tells is how long the object is, not the answer
    String length = answer.hasOwnLength() ? "" : "Content-Length: " + content.length + "\r\n";
    send(
        "HTTP/1.1 "
            + answer.status()
            + "\r\n"
            + answer.headers()
            + length
            + "Server: DiscardingS3\r\n\r\n"
            + (head.method().equals("HEAD") ? "" : answer.body()));
  }

  private void send(String text) throws IOException {
    wire.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
