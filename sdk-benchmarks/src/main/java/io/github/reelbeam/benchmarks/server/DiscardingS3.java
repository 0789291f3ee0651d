package io.github.reelbeam.benchmarks.server;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * An S3 store that reads what it is given, throws it away and says that it was stored. It listens
 * on 127.0.0.1, with http and with https, and answers CreateMultipartUpload, UploadPart,
 * CompleteMultipartUpload, ListParts, AbortMultipartUpload, PutObject, HeadObject, HeadBucket and
 * GetBucketLocation; and it is the backend that Reelbeam asks for grants. Signatures and checksums
 * are not looked at; checksums are echoed.
 *
 * <p>It spends as little as it can, so that a benchmark shows its client: a thread for each
 * connection, which blocks, since there are few; large buffers that live as long as the connection;
 * nothing allocated per byte.
 */
public final class DiscardingS3 implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 512;

  /** The one address to listen on, whatever {@code localhost} resolves to. */
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final Path folder;
  private final Ledger ledger = new Ledger();
  private final Store store = new Store(ledger);
  private final Backend backend = new Backend();
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final ServerSocketChannel http;
  private final ServerSocketChannel https;

  private DiscardingS3(Path folder) throws IOException {
    this.folder = folder;
    ServerCertificate certificate = new ServerCertificate();
    certificate.writePem(pem());
    certificate.writeTrustStore(trustStore());
    this.http = listen("http", PlainWire::new);
    this.https = listen("https", channel -> new TlsWire(channel, certificate.serverEngine()));
  }

  /**
   * Starts on two free ports.
   *
   * @param folder where {@link #pem()} and {@link #trustStore()} are written
   */
  public static DiscardingS3 start(Path folder) throws IOException {
    return new DiscardingS3(folder);
  }

  private ServerSocketChannel listen(String scheme, Function<SocketChannel, Wire> wires)
      throws IOException {
    ServerSocketChannel port =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), MAX_CONNECTIONS);
    daemon(scheme + "-accept", () -> accept(port, scheme, wires));
    return port;
  }

  private void accept(
      ServerSocketChannel port, String scheme, Function<SocketChannel, Wire> wires) {
    try {
      while (true) {
        SocketChannel channel = port.accept();
        if (open.size() >= MAX_CONNECTIONS) {
          channel.close();
          continue;
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        open.add(channel);
        daemon(
            scheme,
            () -> {
              try {
                new Connection(wires.apply(channel), scheme, store, backend).run();
              } finally {
                open.remove(channel);
              }
            });
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** {@code http://127.0.0.1:port}. */
  public URI httpUri() {
    return URI.create("http://127.0.0.1:" + http.socket().getLocalPort());
  }

  /** {@code https://127.0.0.1:port}. */
  public URI httpsUri() {
    return URI.create("https://127.0.0.1:" + https.socket().getLocalPort());
  }

  /** The certificate, for clients that are not Java's. */
  public Path pem() {
    return folder.resolve("discarding-s3.pem");
  }

  /** A trust store of Java with the certificate; its password is {@code changeit}. */
  public Path trustStore() {
    return folder.resolve("discarding-s3.jks");
  }

  /** What was stored since the last call. */
  public Ledger.Tally take() {
    return ledger.take();
  }

  /** Ends all connections. */
  @Override
  public void close() throws IOException {
    http.close();
    https.close();
    for (SocketChannel channel : open) {
      channel.close();
    }
  }

  /**
   * Runs until stdin ends. Prints one line with the addresses and the files, {@code http=...
   * https=... pem=... truststore=...}, and then, for each line that comes in, what was stored since
   * the last.
   *
   * @param args the folder for the certificate's files
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: DiscardingS3 FOLDER");
      System.exit(2);
    }
    try (DiscardingS3 server = start(Path.of(args[0]));
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.printf(
          "http=%s https=%s pem=%s truststore=%s%n",
          server.httpUri(), server.httpsUri(), server.pem(), server.trustStore());
      OperatingSystemMXBean process =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      long last = process.getProcessCpuTime();
      while (commands.readLine() != null) {
        long cpu = process.getProcessCpuTime();
        System.out.println(server.take() + " cpu=" + (cpu - last));
        last = cpu;
      }
    }
  }
}
