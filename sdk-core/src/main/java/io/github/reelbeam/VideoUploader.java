package io.github.reelbeam;

import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.HttpCredentialsFetcher;
import io.github.reelbeam.internal.http.HostPattern;
import io.github.reelbeam.internal.http.HttpTransport;
import io.github.reelbeam.internal.pipeline.AllowedStores;
import io.github.reelbeam.internal.pipeline.Environment;
import io.github.reelbeam.internal.pipeline.NetworkGate;
import io.github.reelbeam.internal.pipeline.Uploads;
import io.github.reelbeam.internal.pipeline.WorkerThreads;
import io.github.reelbeam.internal.transfer.StoreClock;
import io.github.reelbeam.internal.transfer.TransferEngine;
import io.github.reelbeam.internal.transfer.TransferSlots;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.notify.AssetNotifier;
import io.github.reelbeam.notify.HttpAssetNotifier;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Uploads videos: asks the backend for a grant, sends the file to S3 in parallel parts, tells the
 * backend.
 *
 * <p>The three steps are one durable operation. What has been reached is in the journal before
 * anything relies on it, so that an upload whose process was killed goes on from where S3 has it:
 * with {@link #upload} of the same source, or with {@link #resumeAll} at the app's start.
 *
 * <p>Make one, share it, and close it at the end: it is safe for use by many threads, all its
 * uploads share one HTTP transport and one budget of parts in flight.
 */
public final class VideoUploader implements AutoCloseable {
  private final HttpTransport transport;
  private final WorkerThreads threads;
  private final TransferEngine engine;
  private final Uploads uploads;
  private final TransferOptions options;
  private final TransferSlots slots;
  private final NetworkGate network;

  private VideoUploader(Builder builder, UploadJournal journal) {
    this.options = builder.transferOptions;
    this.slots = slots(options, System::nanoTime);
    this.transport = new HttpTransport(builder.httpClient, options, slots::ratePerConnection);
    // what may refuse its settings comes before the threads
    CredentialsFetcher fetcher = builder.fetcher(transport.client());
    AssetNotifier notifier = builder.notifier(transport.client());
    AllowedStores stores = new AllowedStores(options, builder.cleartext, builder.allowedEndpoints);
    this.network = new NetworkGate(builder.networkPolicy);
    this.threads = new WorkerThreads();
    ScheduledExecutorService scheduler =
        builder.scheduler == null ? threads.scheduler() : builder.scheduler;
    this.engine =
        new TransferEngine(
            transport.s3(),
            options,
            threads.workers(),
            scheduler,
            slots,
            // the store's time is real, also where a test lets that of the uploader pass faster
            new StoreClock(builder.clock, System::nanoTime),
            builder.nanoTime,
            Math::random);
    this.uploads =
        new Uploads(
            new Environment(
                fetcher,
                notifier,
                journal,
                engine,
                options,
                stores,
                network,
                builder.sourceResolver,
                threads.workers(),
                scheduler,
                builder.eventExecutor == null ? threads.workers() : builder.eventExecutor,
                builder.clock,
                builder.nanoTime,
                Math::random),
            builder.listenerFactory);
  }

  private static TransferSlots slots(TransferOptions options, LongSupplier nanoTime) {
    TransferSlots slots =
        options.adaptiveParallelism()
            ? TransferSlots.adaptive(options.parallelism(), nanoTime)
            : TransferSlots.fixed(options.parallelism(), nanoTime);
    slots.rateLimit(options.rateLimit());
    return slots;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts an upload, or goes on with the pending one of the same source: the same size, time of
   * last change and sampled content, for the same backend. If it runs in this process already, that
   * one is returned, the request's listeners are added to it, and its priority is raised to the
   * request's if that is higher.
   *
   * @throws SourceException if the source is missing, empty or cannot be read
   * @throws JournalException if the journal cannot be written, or another process has the upload
   * @throws IllegalStateException if this uploader is closed
   */
  public Upload upload(UploadRequest request) {
    return uploads.start(request);
  }

  /**
   * Starts several uploads, or goes on with them, as {@link #upload} does with each. They are begun
   * together or not at all: all sources are looked at before the first is begun, and if one cannot
   * be, nothing is left of the others. Several requests for one source are one upload, made as the
   * first of them says, with the listeners of all and the highest of their priorities.
   *
   * <p>As many as {@link TransferOptions#concurrentUploads()} are at work at once. One that fails
   * later holds up no other.
   *
   * @param requests in the order in which they are to go; none is a batch that is at its end
   * @param listeners who hear of the batch as a whole
   * @throws SourceException if a source is missing, empty or cannot be read
   * @throws JournalException if the journal cannot be written, or another process has one of them
   * @throws IllegalStateException if this uploader is closed
   */
  public UploadBatch uploadAll(List<UploadRequest> requests, UploadBatchListener... listeners) {
    return uploads.startAll(List.copyOf(requests), List.of(listeners));
  }

  /**
   * Goes on with one pending upload.
   *
   * @return the upload; empty if there is none with this id
   * @throws SourceException if the source cannot be found any more
   * @throws JournalException if another process has the upload
   */
  public Optional<Upload> resume(UploadId id, UploadListener... listeners) {
    return uploads.resume(id, List.of(listeners));
  }

  /**
   * Goes on with every pending upload of this backend that no other process has. Meant for the
   * app's start. One that cannot be started is left pending, with a warning in the log.
   *
   * @return the uploads that go on
   * @throws JournalException if the journal cannot be read
   */
  public List<Upload> resumeAll() {
    return uploads.resumeAll();
  }

  /**
   * Returns every upload in the journal, the oldest first, whoever works on it. Looks at the disk,
   * but not at the network.
   *
   * @throws JournalException if the journal cannot be read
   */
  public List<PendingUpload> pending() {
    return uploads.pending();
  }

  /**
   * Discards a pending upload: aborts it in S3 and forgets it. Blocks until that is done.
   *
   * @return whether there was one with this id
   * @throws JournalException if another process has the upload
   * @throws UploadException if S3 could not be told; the next uploader on this journal does it
   */
  public boolean discard(UploadId id) {
    return uploads.discard(id);
  }

  /**
   * Discards every pending upload that nothing has happened to for a time, unless another process
   * works on it. Blocks until that is done.
   *
   * @param age how long ago the last change must be
   * @return how many were discarded
   * @throws UploadException if S3 could not be told of one; the next uploader on this journal does
   *     it
   */
  public int discardOlderThan(Duration age) {
    return uploads.discardOlderThan(age);
  }

  /**
   * Caps the rate of all uploads together, from now on: parts that are under way feel it at once.
   * It is held as a mean over a second or so. A cap also bounds the parts in flight, to one for
   * each 64 KiB per second.
   *
   * @param bytesPerSecond 1 or more, or 0 for no cap; until the first call it is that of the {@link
   *     TransferOptions}
   * @throws IllegalArgumentException if it is negative
   */
  public void limitRate(long bytesPerSecond) {
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException("a rate is 0 (no cap) or more, not " + bytesPerSecond);
    }
    transport.limitRate(bytesPerSecond);
    slots.rateLimit(bytesPerSecond);
  }

  /**
   * Bounds the parts in flight over all uploads together, from now on. Those in flight beyond it
   * are let end, and no new ones begin until there is room.
   *
   * @param parts 1 to the {@link TransferOptions#parallelism} that this uploader was made with
   * @throws IllegalArgumentException if it is out of these bounds
   */
  public void limitParallelism(int parts) {
    if (parts < 1 || parts > options.parallelism()) {
      throw new IllegalArgumentException(
          "parallelism goes from 1 to the "
              + options.parallelism()
              + " of the transfer options, not "
              + parts);
    }
    slots.maximum(parts);
  }

  /** Stops every upload at once: {@link #close(Duration)} without any grace. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /**
   * Stops every upload and keeps what is stored of each; they fail with a resumable {@link
   * UploadException}. A client given by the app stays open. Has no effect the second time.
   *
   * @param grace how long parts in flight may take to end by themselves, so that they need not be
   *     sent again; no new ones begin
   */
  public void close(Duration grace) {
    uploads.close(grace);
    network.close();
    engine.close();
    threads.close();
    transport.close();
  }

  /** Builds a {@link VideoUploader}. Not safe for use by more than one thread. */
  public static final class Builder {
    private @Nullable URI backend;
    private @Nullable Supplier<String> authorization;
    private @Nullable CredentialsFetcher credentialsFetcher;
    private @Nullable AssetNotifier assetNotifier;
    private @Nullable UploadJournal journal;
    private TransferOptions transferOptions = TransferOptions.defaults();
    private @Nullable OkHttpClient httpClient;
    private @Nullable Executor eventExecutor;
    private @Nullable ScheduledExecutorService scheduler;
    private LongSupplier nanoTime = System::nanoTime;
    private Clock clock = Clock.systemUTC();
    private NetworkPolicy networkPolicy = NetworkPolicy.any();
    private Function<? super Upload, ? extends UploadListener> listenerFactory =
        upload -> new UploadListener() {};
    private SourceResolver sourceResolver = reference -> Optional.empty();
    private boolean cleartext;
    private List<HostPattern> allowedEndpoints = List.of();

    private Builder() {}

    /**
     * The app's backend, spoken to over HTTP as the wire contract says.
     *
     * @param base the URL under which {@code api/v1/uploads} and {@code api/v1/video} are
     * @param authorization gives the value of the {@code Authorization} header, such as {@code
     *     Bearer ...}; asked for each request, and once more if the backend answers 401
     */
    public Builder backend(URI base, Supplier<String> authorization) {
      this.backend = Objects.requireNonNull(base, "base");
      this.authorization = Objects.requireNonNull(authorization, "authorization");
      return this;
    }

    /** Where grants come from, instead of the HTTP backend. */
    public Builder credentialsFetcher(CredentialsFetcher fetcher) {
      this.credentialsFetcher = Objects.requireNonNull(fetcher, "fetcher");
      return this;
    }

    /** Who is told of the asset, instead of the HTTP backend. */
    public Builder assetNotifier(AssetNotifier notifier) {
      this.assetNotifier = Objects.requireNonNull(notifier, "notifier");
      return this;
    }

    /** What survives the process. Required. */
    public Builder journal(UploadJournal uploadJournal) {
      this.journal = Objects.requireNonNull(uploadJournal, "uploadJournal");
      return this;
    }

    /** How the bytes go; {@link TransferOptions#defaults()} by default. */
    public Builder transferOptions(TransferOptions options) {
      this.transferOptions = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * The app's own client, so that its connection pool, proxy and TLS set-up serve Reelbeam too.
     * It stays open when the uploader is closed. Its interceptors see the requests to the backend,
     * not those to S3. One with OkHttp's defaults by default.
     */
    public Builder httpClient(OkHttpClient client) {
      this.httpClient = Objects.requireNonNull(client, "client");
      return this;
    }

    /**
     * Where listeners are called, such as the main thread's executor; threads of the uploader by
     * default. It must run tasks on a thread other than the one that gives them to it. Events that
     * it refuses, as one with a short queue may, are told when it takes the next.
     */
    public Builder eventExecutor(Executor executor) {
      this.eventExecutor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Makes a listener for each upload of this uploader, those of {@link VideoUploader#resumeAll}
     * and those that are only to be discarded included: for what concerns all uploads, such as
     * metrics. It is asked before anything is told, by the thread that starts the upload, and must
     * not block; the listener is called as any other. One that throws is logged, and that upload
     * has no such listener.
     */
    public Builder listenerFactory(Function<? super Upload, ? extends UploadListener> factory) {
      this.listenerFactory = Objects.requireNonNull(factory, "factory");
      return this;
    }

    /** When uploads may use the network; {@link NetworkPolicy#any()} by default. */
    public Builder networkPolicy(NetworkPolicy policy) {
      this.networkPolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Finds the sources of uploads that an earlier process began, where they are no files; it is
     * asked first. By default there are files only.
     */
    public Builder sourceResolver(SourceResolver resolver) {
      this.sourceResolver = Objects.requireNonNull(resolver, "resolver");
      return this;
    }

    /**
     * Lets requests to the backend and to the store go over plain http to other machines, such as a
     * test system in the same network. By default only https is taken, and plain http only to
     * 127.0.0.0/8, ::1 and {@code localhost}: whoever is on the way reads the authorization, the
     * session token and the video. A backend or an endpoint of the {@link TransferOptions} that
     * needs this leave is refused by {@link #build()}, an endpoint in a grant or in the journal by
     * a {@link GrantException} of its upload, before anything is sent there. A fetcher or notifier
     * given to this builder has a switch of its own.
     */
    public Builder allowCleartext() {
      this.cleartext = true;
      return this;
    }

    /**
     * The only stores that a grant may lead to; all with https by default. With it, a backend that
     * was broken into, or a changed journal, cannot send videos and session tokens elsewhere. An
     * upload whose grant, renewal or journal entry names another endpoint fails with a {@link
     * GrantException} before anything is sent there. A grant without an endpoint counts as AWS's
     * own for its region, {@code s3.REGION.amazonaws.com}. An endpoint of the {@link
     * TransferOptions} is not held against the list: it is the app's own word.
     *
     * <p>The bucket's name may come before an allowed host, as S3 has it. Beware of {@code
     * *.amazonaws.com}: any customer of AWS can have a machine with such a name.
     *
     * @param hosts hosts such as {@code s3.eu-central-1.amazonaws.com}, with a port if it is not
     *     the scheme's own ({@code minio.example.com:9000}), or every name below a domain ({@code
     *     *.s3.example.com}); the case does not matter. They replace those of an earlier call
     * @throws IllegalArgumentException if there is none, or one is of another form
     */
    public Builder allowedEndpoints(String... hosts) {
      if (hosts.length == 0) {
        throw new IllegalArgumentException("a list of allowed endpoints has at least one");
      }
      this.allowedEndpoints = Stream.of(hosts).map(HostPattern::of).collect(Collectors.toList());
      return this;
    }

    /** For tests: another course of time. */
    Builder time(ScheduledExecutorService virtualScheduler, LongSupplier virtualNanoTime) {
      this.scheduler = virtualScheduler;
      this.nanoTime = virtualNanoTime;
      return this;
    }

    /** For tests: a clock of this machine that is set as people do. */
    Builder clock(Clock localClock) {
      this.clock = localClock;
      return this;
    }

    /**
     * Builds the uploader.
     *
     * @throws IllegalStateException if the backend (or fetcher and notifier) or the journal is
     *     missing
     * @throws IllegalArgumentException if the backend, or the endpoint of the transfer options, is
     *     another machine spoken to over plain http, and {@link #allowCleartext()} was not called
     */
    public VideoUploader build() {
      if (backend == null && (credentialsFetcher == null || assetNotifier == null)) {
        throw new IllegalStateException(
            "no backend: call backend(...), or both credentialsFetcher(...) and"
                + " assetNotifier(...)");
      }
      if (journal == null) {
        throw new IllegalStateException(
            "no journal: give FileUploadJournal.at(folder), or UploadJournal.inMemory() if uploads"
                + " need not survive the process");
      }
      return new VideoUploader(this, journal);
    }

    private CredentialsFetcher fetcher(OkHttpClient client) {
      if (credentialsFetcher != null) {
        return credentialsFetcher;
      }
      HttpCredentialsFetcher.Builder fetcher =
          HttpCredentialsFetcher.builder(Objects.requireNonNull(backend))
              .authorization(Objects.requireNonNull(authorization))
              .httpClient(client)
              .retryPolicy(transferOptions.retryPolicy());
      return (cleartext ? fetcher.allowCleartext() : fetcher).build();
    }

    private AssetNotifier notifier(OkHttpClient client) {
      if (assetNotifier != null) {
        return assetNotifier;
      }
      HttpAssetNotifier.Builder notifier =
          HttpAssetNotifier.builder(Objects.requireNonNull(backend))
              .authorization(Objects.requireNonNull(authorization))
              .httpClient(client)
              .retryPolicy(transferOptions.retryPolicy());
      return (cleartext ? notifier.allowCleartext() : notifier).build();
    }
  }
}
