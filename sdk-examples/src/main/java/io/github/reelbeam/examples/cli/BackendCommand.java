package io.github.reelbeam.examples.cli;

import io.github.reelbeam.backend.AssetVerifier;
import io.github.reelbeam.backend.ObjectKeys;
import io.github.reelbeam.backend.RenewalTokens;
import io.github.reelbeam.backend.S3VideoBucket;
import io.github.reelbeam.backend.UploadGrantIssuer;
import io.github.reelbeam.backend.UploadHandlers;
import io.github.reelbeam.backend.UploadLimits;
import io.github.reelbeam.examples.backend.AccessLog;
import io.github.reelbeam.examples.backend.BackendServer;
import io.github.reelbeam.examples.backend.PlaybackUrls;
import io.github.reelbeam.examples.backend.RenewalSecrets;
import io.github.reelbeam.examples.backend.Routes;
import io.github.reelbeam.examples.backend.SqliteAssetStore;
import io.github.reelbeam.examples.backend.Users;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** The example backend: how the parts of {@code reelbeam-backend} are put together. */
@Command(
    name = "backend",
    description = {
      "Run an example backend on a real STS and S3: it grants uploads, renews them,",
      "verifies and keeps the assets, and shows and plays them at /."
    })
final class BackendCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec command;

  @Option(
      names = "--host",
      paramLabel = "127.0.0.1",
      description = "The address to listen on; others than this one need a proxy with TLS.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "8080",
      description = "The port to listen on; 0 is one that is free.")
  private int port = 8080;

  @Option(
      names = "--database",
      paramLabel = "FILE",
      description = {
        "Where the assets are kept, an SQLite file.",
        "By default backend/assets.db beside the state of uploads."
      })
  private @Nullable Path database;

  @Option(
      names = "--renewal-secret-file",
      paramLabel = "FILE",
      description = {
        "Signs renewal tokens; made at the first start, for its owner's eyes only.",
        "By default renewal-secret beside the database."
      })
  private @Nullable Path renewalSecretFile;

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description = "Where requests are logged, a JSON object per line; stdout by default.")
  private @Nullable Path accessLog;

  private @Nullable URI publicS3Endpoint;

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final GrantOptions grants = new GrantOptions();
  @Mixin private final UserOptions users = new UserOptions();

  @Option(
      names = "--public-s3-endpoint",
      paramLabel = "URL",
      description = "Where clients and browsers find the store, if elsewhere than the backend.")
  void setPublicS3Endpoint(URI url) {
    this.publicS3Endpoint = WebUrl.checked("--public-s3-endpoint", url, command);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      serve();
      return ExitCode.DONE;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void serve() throws IOException, InterruptedException {
    Users known = users.users();
    ObjectKeys keys = grants.keys();
    UploadLimits limits = grants.limits();
    Path databaseFile =
        database != null
            ? database
            : StateFolder.standard().resolve("backend").resolve("assets.db");
    try (UntilStopped until = UntilStopped.armed();
        DefaultCredentialsProvider ownKeys = StoreOptions.ownKeys();
        S3Client s3 = store.s3(ownKeys);
        StsClient sts = grants.sts(store.region(), ownKeys);
        PlaybackUrls playback =
            PlaybackUrls.of(store.presigner(ownKeys, clientsEndpoint()), store.bucket());
        SqliteAssetStore assets = SqliteAssetStore.open(databaseFile);
        AccessLog log = accessLog()) {
      StoreOptions.requireKeys(ownKeys);
      UploadGrantIssuer issuer = issuer(sts, keys, limits, renewalTokens(databaseFile));
      AssetVerifier verifier = AssetVerifier.of(S3VideoBucket.of(s3, store.bucket()), keys, limits);
      Routes routes = Routes.of(UploadHandlers.of(issuer, verifier, assets), assets, playback);
      try (BackendServer server =
          BackendServer.start(new InetSocketAddress(host, port), routes, known, log)) {
        PrintWriter out = command.commandLine().getOut();
        out.println("listening on " + server.uri());
        out.flush();
        until.await();
      }
    }
  }

  private UploadGrantIssuer issuer(
      StsClient sts, ObjectKeys keys, UploadLimits limits, RenewalTokens tokens) {
    UploadGrantIssuer.Builder issuer =
        UploadGrantIssuer.builder(
                store.bucket(), store.region().id(), grants.credentials(sts), tokens)
            .keys(keys)
            .limits(limits)
            .sessionDuration(grants.sessionDuration())
            .renewableFor(grants.renewableFor())
            .pathStyleAccess(store.pathStyle());
    URI endpoint = clientsEndpoint();
    if (endpoint != null) {
      issuer.endpoint(endpoint);
    }
    return issuer.build();
  }

  private @Nullable URI clientsEndpoint() {
    return publicS3Endpoint != null ? publicS3Endpoint : store.s3Endpoint();
  }

  private RenewalTokens renewalTokens(Path databaseFile) throws IOException {
    return RenewalSecrets.in(
        renewalSecretFile != null
            ? renewalSecretFile
            : databaseFile.toAbsolutePath().resolveSibling("renewal-secret"));
  }

  private AccessLog accessLog() throws IOException {
    return accessLog != null
        ? AccessLog.to(accessLog)
        : AccessLog.to(command.commandLine().getOut());
  }
}
