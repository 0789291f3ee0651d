package io.github.reelbeam.testservers;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An S3 store inside this process, on 127.0.0.1: signatures (SigV4) and temporary credentials are
 * checked, each of which opens one object and runs out. Objects are files of a folder.
 *
 * <p>It stands for a bucket with a session policy that allows s3:PutObject, s3:AbortMultipartUpload
 * and s3:ListMultipartUploadParts on one key. Requests name the bucket in the path. The methods of
 * this class look into the store from the side, past all checks.
 *
 * <p>Safe for use by several threads.
 */
public final class EmbeddedS3 implements AutoCloseable {

  /**
   * What S3Proxy was writing when the client's connection broke: it writes beside the object, and
   * leaves that there. A real store shows no such thing.
   */
  private static final Pattern HALF_RECEIVED =
      Pattern.compile(".+-\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", Pattern.DOTALL);

  private static final Duration AS_LONG_AS_IT_RUNS = Duration.ofDays(365);

  private final String bucket;
  private final String region;
  private final BlobStore store;
  private final Clock clock;
  private final KeyRing keyRing;
  private final TemporaryKeys ownerKeys;
  private final LocalServer server;
  private final @Nullable LocalCertificate certificate;
  private final @Nullable Path trustStore;
  private final List<Path> toDelete = new ArrayList<>();

  private EmbeddedS3(Builder builder) throws IOException {
    this.bucket = builder.bucket;
    this.region = builder.region;
    this.store = new FilesystemNio2BlobStore(objectFolder(builder.directory).toString());
    if (!store.containerExists(bucket)) {
      store.createContainer(bucket);
    }
    this.clock = builder.clock;
    this.keyRing = new KeyRing(store, bucket, builder.clock);
    this.ownerKeys = keyRing.issue(null, AS_LONG_AS_IT_RUNS);
    this.certificate = builder.https ? new LocalCertificate() : null;
    this.trustStore = certificate == null ? null : trustStoreFile(certificate);
    this.server =
        LocalServer.start(
            new S3Servlet(store, bucket, keyRing),
            builder.port,
            certificate == null ? null : certificate.serverContext());
  }

  private Path objectFolder(@Nullable Path given) throws IOException {
    if (given != null) {
      return Files.createDirectories(given).toAbsolutePath();
    }
    Path made = Files.createTempDirectory("reelbeam-s3-");
    toDelete.add(made);
    return made;
  }

  private Path trustStoreFile(LocalCertificate local) throws IOException {
    Path file = Files.createTempFile("reelbeam-trust-", ".p12");
    toDelete.add(file);
    local.writeTrustStore(file);
    return file;
  }

  /** Starts a store with the defaults of {@link Builder}. */
  public static EmbeddedS3 start() {
    return builder().start();
  }

  /** Starts with the defaults that each setter names. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code http://127.0.0.1:port} or, with https, {@code https://127.0.0.1:port}. */
  public URI endpoint() {
    return server.uri();
  }

  /** The one bucket that exists from the start. */
  public String bucket() {
    return bucket;
  }

  /** The region to sign for; the store accepts any. */
  public String region() {
    return region;
  }

  /**
   * Hands out credentials that open one object, for uploading only.
   *
   * @param key the object's key; it need not exist
   * @param validFor counted from now, by the builder's clock
   */
  public TemporaryKeys issue(String key, Duration validFor) {
    return keyRing.issue(requireNonNull(key), validFor);
  }

  /**
   * Credentials that were handed out and not revoked, for a test that looks for their secrets where
   * none may be.
   */
  public Optional<TemporaryKeys> issued(String accessKeyId) {
    return keyRing.find(accessKeyId);
  }

  /** Forgets credentials: from now on they are refused with 403 InvalidAccessKeyId. */
  public void revoke(String accessKeyId) {
    keyRing.revoke(accessKeyId);
  }

  /** The clock by which credentials run out. */
  Clock clock() {
    return clock;
  }

  /** Credentials that open everything, for a test that looks at the store as its owner would. */
  public TemporaryKeys ownerKeys() {
    return ownerKeys;
  }

  /** What is stored under the key, if anything. */
  public Optional<StoredObject> find(String key) {
    HeadObjectResponse head = store.blobMetadataIfPresent(bucket, key);
    return Optional.ofNullable(head)
        .map(
            found ->
                new StoredObject(
                    key,
                    found.contentLength(),
                    quoted(found.eTag()),
                    Optional.ofNullable(found.contentType()).orElse("application/octet-stream"),
                    found.metadata()));
  }

  // The store keeps the ETags of single PUTs without their quotes.
  private static String quoted(String eTag) {
    return eTag.startsWith("\"") ? eTag : "\"" + eTag + "\"";
  }

  /**
   * Opens an object for reading.
   *
   * @throws RuntimeException if there is no such object
   */
  public InputStream open(String key) {
    return store.getBlob(bucket, key);
  }

  /** Opens the bytes from {@code first} to {@code last}, both included. */
  public InputStream open(String key, long first, long last) {
    return store.getBlob(
        GetObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .range("bytes=" + first + "-" + last)
            .build());
  }

  /** The keys of all objects, in ascending order. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    String token = null;
    do {
      ListObjectsV2Response page =
          store.list(
              ListObjectsV2Request.builder().bucket(bucket).continuationToken(token).build());
      page.contents().stream()
          .map(S3Object::key)
          .filter(key -> !key.startsWith(S3Servlet.UPLOAD_RECORD))
          .filter(key -> !HALF_RECEIVED.matcher(key).matches())
          .forEach(keys::add);
      token = page.nextContinuationToken();
    } while (token != null);
    return List.copyOf(keys);
  }

  /** The multipart uploads that are still open, each of which would cost storage at AWS. */
  public List<OpenUpload> openUploads() {
    return store.listMultipartUploads(bucket).stream()
        .map(open -> describe(open.key(), open.uploadId()))
        .toList();
  }

  /**
   * Aborts every multipart upload that is still open for the key, as the bucket's owner.
   *
   * @return how many there were
   */
  public int abortUploads(String key) {
    List<OpenUpload> ofKey = openUploads().stream().filter(open -> open.key().equals(key)).toList();
    for (OpenUpload open : ofKey) {
      // the record first: from then on no part is taken any more
      store.removeBlob(bucket, S3Servlet.UPLOAD_RECORD + open.uploadId());
      store.abortMultipartUpload(handle(key, open.uploadId()));
    }
    return ofKey.size();
  }

  private MultipartUpload handle(String key, String uploadId) {
    return new MultipartUpload(
        uploadId, CreateMultipartUploadRequest.builder().bucket(bucket).key(key).build());
  }

  private OpenUpload describe(String key, String uploadId) {
    List<Part> parts = store.listMultipartUpload(handle(key, uploadId));
    return new OpenUpload(
        key,
        uploadId,
        parts.stream().map(Part::partNumber).toList(),
        parts.stream().mapToLong(Part::size).sum());
  }

  /**
   * With https: a PKCS12 file with the server's certificate, for {@code javax.net.ssl.trustStore}.
   */
  public Optional<Path> trustStore() {
    return Optional.ofNullable(trustStore);
  }

  /** The password of {@link #trustStore()}. */
  public String trustStorePassword() {
    return LocalCertificate.TRUST_STORE_PASSWORD;
  }

  /** With https: a context for clients that trusts this server and no other. */
  public Optional<SSLContext> clientSslContext() {
    return Optional.ofNullable(certificate).map(LocalCertificate::clientContext);
  }

  /** Ends all connections and deletes what was stored, unless the folder was given. */
  @Override
  public void close() {
    server.close();
    store.close();
    for (Path path : toDelete) {
      FileTree.delete(path);
    }
  }

  /** Collects the settings of a store. Not safe for use by several threads. */
  public static final class Builder {
    private String bucket = "videos";
    private String region = "eu-central-1";
    private @Nullable Path directory;
    private boolean https;
    private int port;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /** The bucket to create; {@code videos} unless set. */
    public Builder bucket(String name) {
      this.bucket = name;
      return this;
    }

    /** The region named in grants; {@code eu-central-1} unless set. */
    public Builder region(String name) {
      this.region = name;
      return this;
    }

    /** A folder to keep the objects in; without one they go with the store. */
    public Builder directory(Path folder) {
      this.directory = folder;
      return this;
    }

    /** Speaks https, with a certificate made for this store. */
    public Builder https() {
      this.https = true;
      return this;
    }

    /** The port to listen on; one that is free unless set. */
    public Builder port(int number) {
      this.port = number;
      return this;
    }

    /** The clock by which credentials run out; signatures are dated by the system's. */
    public Builder clock(Clock source) {
      this.clock = source;
      return this;
    }

    /** Starts the store; it answers when this returns. */
    public EmbeddedS3 start() {
      try {
        return new EmbeddedS3(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
