package io.github.reelbeam.examples.backend;

import io.github.reelbeam.backend.AssetChecksum;
import io.github.reelbeam.backend.AssetVerifier;
import io.github.reelbeam.backend.CredentialsIssuer;
import io.github.reelbeam.backend.ObjectKeys;
import io.github.reelbeam.backend.RenewalTokens;
import io.github.reelbeam.backend.StoredObject;
import io.github.reelbeam.backend.TemporaryCredentials;
import io.github.reelbeam.backend.UploadGrantIssuer;
import io.github.reelbeam.backend.UploadHandlers;
import io.github.reelbeam.backend.UploadLimits;
import io.github.reelbeam.backend.VideoBucket;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The whole backend, with a store and an STS that are made up. Its users are ada and bob. */
final class TestBackend implements AutoCloseable {
  static final String ADA = "token-of-ada";
  static final String BOB = "token-of-bob";
  static final String SECRET_KEY = "secret-access-key";
  static final String SESSION_TOKEN = "session-token";
  static final long OBJECT_SIZE = 5;

  /** Has every object that is asked for. */
  private static final class FullBucket implements VideoBucket {
    @Override
    public String name() {
      return "videos";
    }

    @Override
    public Optional<StoredObject> find(String key) {
      AssetChecksum checksum = new AssetChecksum("CRC32", "FULL_OBJECT", "AAAAAA==");
      return Optional.of(new StoredObject(key, OBJECT_SIZE, "video/mp4", "\"e\"", checksum));
    }

    @Override
    public int abortOpenUploads(String key) {
      return 0;
    }
  }

  final SqliteAssetStore assets;
  final BackendServer server;
  private final StringWriter log = new StringWriter();
  private final PlaybackUrls playbackUrls =
      PlaybackUrls.of(
          S3Presigner.builder()
              .region(Region.EU_CENTRAL_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA", SECRET_KEY))),
          "videos");

  private TestBackend(Path folder, CredentialsIssuer credentials) throws IOException {
    ObjectKeys keys = ObjectKeys.withPrefix("uploads/");
    UploadLimits limits = UploadLimits.upTo(1000);
    RenewalTokens tokens = RenewalTokens.signingWith("k", new byte[32]).build();
    this.assets = SqliteAssetStore.open(folder.resolve("assets.db"));
    UploadHandlers handlers =
        UploadHandlers.of(
            UploadGrantIssuer.builder("videos", "eu-central-1", credentials, tokens)
                .keys(keys)
                .limits(limits)
                .build(),
            AssetVerifier.of(new FullBucket(), keys, limits),
            assets);
    Users users = new Users();
    users.add("ada", ADA);
    users.add("bob", BOB);
    this.server =
        BackendServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Routes.of(handlers, assets, playbackUrls),
            users,
            AccessLog.to(new PrintWriter(log)));
  }

  static TestBackend start(Path folder) throws IOException {
    return start(
        folder,
        scope ->
            new TemporaryCredentials(
                "ASIA", SECRET_KEY, SESSION_TOKEN, Instant.now().plus(Duration.ofHours(1))));
  }

  static TestBackend start(Path folder, CredentialsIssuer credentials) throws IOException {
    return new TestBackend(folder, credentials);
  }

  URI uri(String path) {
    return server.uri().resolve(path);
  }

  /** The lines of the access log so far. */
  List<String> logged() {
    return log.toString().lines().toList();
  }

  @Override
  public void close() {
    server.close();
    assets.close();
    playbackUrls.close();
  }
}
