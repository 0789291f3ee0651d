package io.github.reelbeam.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reelbeam.backend.AssetStore;
import io.github.reelbeam.backend.AssetVerifier;
import io.github.reelbeam.backend.CredentialsIssuer;
import io.github.reelbeam.backend.ObjectKeys;
import io.github.reelbeam.backend.RegisteredAsset;
import io.github.reelbeam.backend.S3VideoBucket;
import io.github.reelbeam.backend.StoredObject;
import io.github.reelbeam.backend.StsCredentials;
import io.github.reelbeam.backend.UploadGrantIssuer;
import io.github.reelbeam.backend.UploadHandlers;
import io.github.reelbeam.backend.UploadLimits;
import io.github.reelbeam.backend.VideoBucket;
import io.github.reelbeam.examples.backend.AccessLog;
import io.github.reelbeam.examples.backend.BackendServer;
import io.github.reelbeam.examples.backend.PlaybackUrls;
import io.github.reelbeam.examples.backend.RenewalSecrets;
import io.github.reelbeam.examples.backend.Routes;
import io.github.reelbeam.examples.backend.SqliteAssetStore;
import io.github.reelbeam.examples.backend.Users;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The example backend, put together as its command does it, whose process halts at one of the
 * points at which it has left or entered STS, the store or its database: without a hook, without
 * unwinding, without an answer. Arguments: POINT BUCKET DATABASE PORT SESSION-DURATION.
 */
final class HaltingBackend {
  /** Every point, in the order in which an upload with one renewal passes them. */
  static final List<String> POINTS =
      List.of(
          "before grant",
          "after grant",
          "before renewal",
          "after renewal",
          "before find",
          "after find",
          "before look",
          "after look",
          "before abort",
          "after abort",
          "before register",
          "after register");

  private final String fatal;
  private final AtomicInteger issued = new AtomicInteger();

  private HaltingBackend(String fatal) {
    this.fatal = fatal;
  }

  private <T> T between(String what, Supplier<T> step) {
    passing("before " + what);
    T result = step.get();
    passing("after " + what);
    return result;
  }

  private void passing(String point) {
    if (point.equals(fatal)) {
      Runtime.getRuntime().halt(137);
    }
  }

  private CredentialsIssuer halting(CredentialsIssuer real) {
    return scope ->
        between(issued.incrementAndGet() == 1 ? "grant" : "renewal", () -> real.issue(scope));
  }

  private VideoBucket halting(VideoBucket real) {
    return new VideoBucket() {
      @Override
      public String name() {
        return real.name();
      }

      @Override
      public Optional<StoredObject> find(String key) {
        return between("look", () -> real.find(key));
      }

      @Override
      public int abortOpenUploads(String key) {
        return between("abort", () -> real.abortOpenUploads(key));
      }
    };
  }

  private AssetStore halting(AssetStore real) {
    return new AssetStore() {
      @Override
      public Optional<RegisteredAsset> findByUploadId(String uploadId) {
        return between("find", () -> real.findByUploadId(uploadId));
      }

      @Override
      public RegisteredAsset register(RegisteredAsset asset) {
        return between("register", () -> real.register(asset));
      }
    };
  }

  /** Serves until it is killed, or has halted. */
  public static void main(String... arguments) throws Exception {
    HaltingBackend halting = new HaltingBackend(arguments[0]);
    RealStore store = RealStore.fromEnvironment();
    String bucket = arguments[1];
    Path database = Path.of(arguments[2]);
    ObjectKeys keys = ObjectKeys.withPrefix("uploads/");
    UploadLimits limits = UploadLimits.upTo(UploadLimits.LARGEST_OBJECT);
    SqliteAssetStore assets = SqliteAssetStore.open(database);
    UploadGrantIssuer issuer =
        UploadGrantIssuer.builder(
                bucket,
                store.region(),
                halting.halting(StsCredentials.assumingRole(store.sts(), store.roleArn()).build()),
                RenewalSecrets.in(database.resolveSibling("renewal-secret")))
            .keys(keys)
            .limits(limits)
            .sessionDuration(Duration.parse(arguments[4]))
            .endpoint(store.s3Endpoint())
            .pathStyleAccess(store.pathStyle())
            .build();
    AssetVerifier verifier =
        AssetVerifier.of(halting.halting(S3VideoBucket.of(store.s3(), bucket)), keys, limits);
    Users users = new Users();
    users.add("ada", ExampleBackend.ADA);
    BackendServer server =
        BackendServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[3])),
            Routes.of(
                UploadHandlers.of(issuer, verifier, halting.halting(assets)),
                assets,
                playback(store, bucket)),
            users,
            AccessLog.to(new PrintWriter(System.out, true, UTF_8)));
    URI uri = server.uri();
    System.out.println("listening on " + uri);
    new CountDownLatch(1).await();
  }

  private static PlaybackUrls playback(RealStore store, String bucket) {
    return PlaybackUrls.of(
        S3Presigner.builder()
            .endpointOverride(store.s3Endpoint())
            .region(Region.of(store.region()))
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(store.pathStyle()).build())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(store.accessKeyId(), store.secretAccessKey()))),
        bucket);
  }
}
