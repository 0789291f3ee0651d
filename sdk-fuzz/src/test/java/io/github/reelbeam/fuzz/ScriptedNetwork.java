package io.github.reelbeam.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A network in memory: whoever connects to a port gets the next answer of the script behind it,
 * byte for byte, and then the end of the stream. So OkHttp's own reading of status lines, headers
 * and bodies is part of what is fuzzed, and no socket is opened.
 */
public final class ScriptedNetwork extends SocketFactory {
  private static final int FIRST_PORT = 10_000;
  private static final int PORTS = 50_000;

  private final AtomicInteger ports = new AtomicInteger();
  private final Map<Integer, Script> scripts = new ConcurrentHashMap<>();

  /** Makes a client whose connections all go here. */
  public OkHttpClient client(ExecutorService threads) {
    return new OkHttpClient.Builder()
        .socketFactory(this)
        .proxy(Proxy.NO_PROXY)
        .dispatcher(new Dispatcher(threads))
        // one connection, one answer
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
        .callTimeout(Duration.ofSeconds(20))
        .build();
  }

  /** Puts a script behind a port of its own; the last answer is given for ever. */
  public Script script(List<byte[]> answers) {
    int port = FIRST_PORT + ports.getAndIncrement() % PORTS;
    Script script = new Script(port, answers);
    scripts.put(port, script);
    return script;
  }

  @Override
  public Socket createSocket() {
    return new ScriptedSocket();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw new UnsupportedOperationException();
  }

  /** What one server answers, and what it was asked. */
  public final class Script implements AutoCloseable {
    private static final int KEPT = 32 << 10;

    private final int port;
    private final List<byte[]> answers;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile byte[] lastRequest = {};

    private Script(int port, List<byte[]> answers) {
      this.port = port;
      this.answers = answers;
    }

    /** Where it is. */
    public URI uri() {
      return URI.create("http://127.0.0.1:" + port);
    }

    /** How often somebody has connected. */
    public int connections() {
      return connections.get();
    }

    /** The first 32 KiB of the last request. */
    public byte[] lastRequest() {
      return lastRequest.clone();
    }

    private byte[] nextAnswer() {
      int next = connections.getAndIncrement();
      return answers.isEmpty() ? new byte[0] : answers.get(Math.min(next, answers.size() - 1));
    }

    /** From now on nobody is there. */
    @Override
    public void close() {
      scripts.remove(port);
    }
  }

  private final class ScriptedSocket extends Socket {
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable InetSocketAddress remote;
    private volatile boolean closed;

    @Override
    public void connect(SocketAddress address, int timeout) throws IOException {
      remote = (InetSocketAddress) address;
      if (!remote.getAddress().isLoopbackAddress()) {
        throw new AssertionError("something goes to another host: " + remote);
      }
      Script script = scripts.get(remote.getPort());
      if (script == null) {
        throw new ConnectException("nobody is there");
      }
      in = new ByteArrayInputStream(script.nextAnswer());
      out = new Kept(script);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      if (in == null) {
        throw new IOException("not connected");
      }
      return in;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      if (out == null) {
        throw new IOException("not connected");
      }
      return out;
    }

    @Override
    public boolean isConnected() {
      return in != null;
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
      return remote;
    }

    @Override
    public synchronized void setSoTimeout(int timeout) {}

    @Override
    public synchronized int getSoTimeout() {
      return 0;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void shutdownInput() {}

    @Override
    public void shutdownOutput() {}

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public synchronized void close() {
      closed = true;
    }
  }

  private static final class Kept extends OutputStream {
    private final Script script;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();

    Kept(Script script) {
      this.script = script;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      head.write(bytes, offset, Math.min(length, Script.KEPT - head.size()));
    }

    @Override
    public void flush() {
      script.lastRequest = head.toByteArray();
    }
  }
}
