package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.reelbeam.backend.CredentialsIssuer.Scope;
import io.github.reelbeam.backend.IssuedGrant;
import io.github.reelbeam.backend.StsCredentials;
import io.github.reelbeam.backend.TemporaryCredentials;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * What a grant opens: its own key, for putting. Each call that is refused is made by the owner
 * right after and succeeds, so that nothing but the session policy can have refused it.
 */
@Tag("real-store")
class LeastPrivilegeIT {

  /** One request to the store; the same for the client and for the owner. */
  private interface Call {
    void by(S3Client s3, Setting at);
  }

  /**
   * What there is in the store before a call.
   *
   * @param key the one that was granted; it has an object
   * @param other the key of another user, with an object too
   * @param upload open under the granted key
   * @param othersUpload open under the other one, with one part
   */
  private record Setting(
      String bucket,
      String elsewhere,
      String key,
      String other,
      String upload,
      String othersUpload,
      String othersETag) {}

  private final RealStore store = RealStore.fromEnvironment();
  private OwnedBucket bucket;
  private OwnedBucket elsewhere;
  private StsClient sts;
  private IssuedGrant grant;
  private S3Client client;
  private Setting setting;

  @BeforeEach
  void grant() {
    bucket = OwnedBucket.in(store);
    elsewhere = OwnedBucket.in(store);
    sts = store.sts();
    grant = Grants.ofRole(store, sts, bucket.name()).issue("ada", Grants.VIDEO);
    client = client(grant);
    String other = "uploads/00000000-0000-4000-8000-000000000001.mp4";
    bucket.put(grant.key(), "own");
    bucket.put(other, "other");
    String othersUpload = bucket.startUpload(other);
    String eTag =
        bucket
            .owner()
            .uploadPart(
                r -> r.bucket(bucket.name()).key(other).uploadId(othersUpload).partNumber(1),
                RequestBody.fromString("part"))
            .eTag();
    setting =
        new Setting(
            bucket.name(),
            elsewhere.name(),
            grant.key(),
            other,
            bucket.startUpload(grant.key()),
            othersUpload,
            eTag);
  }

  @AfterEach
  void clean() {
    client.close();
    sts.close();
    elsewhere.close();
    bucket.close();
  }

  private S3Client client(IssuedGrant granted) {
    TemporaryCredentials keys = granted.credentials();
    return store.s3(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("put another key", (s3, at) -> put(s3, at.bucket(), at.other())),
        refused("put the key with a letter more", (s3, at) -> put(s3, at.bucket(), at.key() + "x")),
        refused("put below the key", (s3, at) -> put(s3, at.bucket(), at.key() + "/x")),
        refused("put the key as a folder", (s3, at) -> put(s3, at.bucket(), at.key() + "/")),
        refused(
            "put the key with a letter less",
            (s3, at) -> put(s3, at.bucket(), at.key().substring(0, at.key().length() - 1))),
        refused(
            "put the key in other letters",
            (s3, at) -> put(s3, at.bucket(), at.key().toUpperCase(Locale.ROOT))),
        refused("put the key without its folder", (s3, at) -> put(s3, at.bucket(), name(at.key()))),
        refused(
            "put the same key in another bucket", (s3, at) -> put(s3, at.elsewhere(), at.key())),
        refused(
            "get the own object",
            (s3, at) -> s3.getObjectAsBytes(r -> r.bucket(at.bucket()).key(at.key()))),
        refused(
            "get another object",
            (s3, at) -> s3.getObjectAsBytes(r -> r.bucket(at.bucket()).key(at.other()))),
        refused(
            "head the own object",
            (s3, at) -> s3.headObject(r -> r.bucket(at.bucket()).key(at.key()))),
        refused(
            "head another object",
            (s3, at) -> s3.headObject(r -> r.bucket(at.bucket()).key(at.other()))),
        refused(
            "delete the own object",
            (s3, at) -> s3.deleteObject(r -> r.bucket(at.bucket()).key(at.key()))),
        refused(
            "delete another object",
            (s3, at) -> s3.deleteObject(r -> r.bucket(at.bucket()).key(at.other()))),
        refused("list the bucket", (s3, at) -> s3.listObjectsV2(r -> r.bucket(at.bucket()))),
        refused(
            "list the bucket by the own key",
            (s3, at) -> s3.listObjectsV2(r -> r.bucket(at.bucket()).prefix(at.key()))),
        refused(
            "list the bucket the old way", (s3, at) -> s3.listObjects(r -> r.bucket(at.bucket()))),
        refused("list the versions", (s3, at) -> s3.listObjectVersions(r -> r.bucket(at.bucket()))),
        refused(
            "list the multipart uploads",
            (s3, at) -> s3.listMultipartUploads(r -> r.bucket(at.bucket()))),
        refused(
            "list the multipart uploads of the own key",
            (s3, at) -> s3.listMultipartUploads(r -> r.bucket(at.bucket()).prefix(at.key()))),
        refused(
            "start a multipart upload of another key",
            (s3, at) -> s3.createMultipartUpload(r -> r.bucket(at.bucket()).key(at.other()))),
        refused(
            "add a part to another's upload",
            (s3, at) ->
                s3.uploadPart(
                    r ->
                        r.bucket(at.bucket())
                            .key(at.other())
                            .uploadId(at.othersUpload())
                            .partNumber(2),
                    RequestBody.fromString("x"))),
        refused(
            "list the parts of another's upload",
            (s3, at) ->
                s3.listParts(
                    r -> r.bucket(at.bucket()).key(at.other()).uploadId(at.othersUpload()))),
        refused(
            "abort another's upload",
            (s3, at) ->
                s3.abortMultipartUpload(
                    r -> r.bucket(at.bucket()).key(at.other()).uploadId(at.othersUpload()))),
        refused(
            "complete another's upload",
            (s3, at) ->
                s3.completeMultipartUpload(
                    r ->
                        r.bucket(at.bucket())
                            .key(at.other())
                            .uploadId(at.othersUpload())
                            .multipartUpload(m -> m.parts(OwnedBucket.onlyPart(at.othersETag()))))),
        refused(
            "copy another object to the own key", (s3, at) -> copy(s3, at, at.other(), at.key())),
        refused(
            "copy the own object to another key", (s3, at) -> copy(s3, at, at.key(), at.other())),
        refused(
            "copy another object into an own part",
            (s3, at) ->
                s3.uploadPartCopy(
                    r ->
                        r.sourceBucket(at.bucket())
                            .sourceKey(at.other())
                            .destinationBucket(at.bucket())
                            .destinationKey(at.key())
                            .uploadId(at.upload())
                            .partNumber(1))),
        refused(
            "read the own object's ACL",
            (s3, at) -> s3.getObjectAcl(r -> r.bucket(at.bucket()).key(at.key()))),
        refused(
            "open the own object to all",
            (s3, at) ->
                s3.putObjectAcl(
                    r -> r.bucket(at.bucket()).key(at.key()).acl(ObjectCannedACL.PUBLIC_READ))),
        refused(
            "read the own object's tags",
            (s3, at) -> s3.getObjectTagging(r -> r.bucket(at.bucket()).key(at.key()))),
        refused(
            "tag the own object",
            (s3, at) ->
                s3.putObjectTagging(r -> r.bucket(at.bucket()).key(at.key()).tagging(tagging()))),
        refused(
            "remove the own object's tags",
            (s3, at) -> s3.deleteObjectTagging(r -> r.bucket(at.bucket()).key(at.key()))),
        refused("head the bucket", (s3, at) -> s3.headBucket(r -> r.bucket(at.bucket()))),
        refused("read the bucket's ACL", (s3, at) -> s3.getBucketAcl(r -> r.bucket(at.bucket()))),
        refused(
            "read where the bucket is",
            (s3, at) -> s3.getBucketLocation(r -> r.bucket(at.bucket()))),
        refused(
            "change the bucket's CORS rules",
            (s3, at) ->
                s3.putBucketCors(
                    r -> r.bucket(at.bucket()).corsConfiguration(c -> c.corsRules(anyOrigin())))),
        refused(
            "make a bucket",
            (s3, at) -> {
              String made = RealStore.newBucketName();
              s3.createBucket(r -> r.bucket(made));
              s3.deleteBucket(r -> r.bucket(made));
            }));
  }

  private static Arguments refused(String what, Call call) {
    return arguments(what, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(@SuppressWarnings("unused") String what, Object call) {
    S3Exception refusal =
        catchThrowableOfType(S3Exception.class, () -> ((Call) call).by(client, setting));
    assertThat(refusal).as("the client is refused").isNotNull();
    assertThat(refusal.statusCode()).isEqualTo(403);
    ((Call) call).by(bucket.owner(), setting);
  }

  @Test
  void cannotDeleteManyObjectsAtOnce() {
    List<S3Error> errors;
    try {
      errors = deleteBoth(client).errors();
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isEqualTo(403);
      errors = List.of();
    }
    assertThat(errors).allMatch(e -> "AccessDenied".equals(e.code()));
    assertThat(bucket.content(setting.key())).isEqualTo("own");
    assertThat(bucket.content(setting.other())).isEqualTo("other");
    assertThat(deleteBoth(bucket.owner()).deleted()).hasSize(2);
  }

  private DeleteObjectsResponse deleteBoth(S3Client s3) {
    return s3.deleteObjects(
        r ->
            r.bucket(setting.bucket())
                .delete(d -> d.objects(object(setting.key()), object(setting.other()))));
  }

  /**
   * AWS refuses the header, as it takes s3:PutObjectAcl. Ceph takes it as a part of PutObject, so
   * that the bucket has to ignore such ACLs.
   */
  @Test
  void cannotOpenItsObjectToAllByAHeader() throws Exception {
    bucket
        .owner()
        .putPublicAccessBlock(
            r ->
                r.bucket(setting.bucket())
                    .publicAccessBlockConfiguration(c -> c.ignorePublicAcls(true)));
    try {
      client.putObject(
          r -> r.bucket(setting.bucket()).key(setting.key()).acl(ObjectCannedACL.PUBLIC_READ),
          RequestBody.fromString("for all"));
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isEqualTo(403);
    }
    HttpRequest anonymous = HttpRequest.newBuilder(bucket.url(setting.key())).build();
    assertThat(HttpClient.newHttpClient().send(anonymous, BodyHandlers.discarding()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void isWorthNothingWithoutItsToken() {
    TemporaryCredentials keys = grant.credentials();
    try (S3Client bare =
        store.s3(AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey()))) {
      assertThat(status(() -> put(bare, setting.bucket(), setting.key()))).isEqualTo(403);
    }
    put(client, setting.bucket(), setting.key());
  }

  @Test
  void isWorthNothingWithTheTokenOfAnotherGrant() {
    IssuedGrant another = Grants.ofRole(store, sts, bucket.name()).issue("bob", Grants.VIDEO);
    TemporaryCredentials keys = grant.credentials();
    try (S3Client mixed =
        store.s3(
            keys.accessKeyId(), keys.secretAccessKey(), another.credentials().sessionToken())) {
      assertThat(status(() -> put(mixed, setting.bucket(), setting.key()))).isEqualTo(403);
      assertThat(status(() -> put(mixed, setting.bucket(), another.key()))).isEqualTo(403);
    }
  }

  @Test
  void putsItsOwnKeyByParts() {
    String upload =
        client.createMultipartUpload(r -> r.bucket(setting.bucket()).key(setting.key())).uploadId();
    String eTag = uploadPart(upload, "by parts");
    assertThat(parts(upload)).extracting(Part::partNumber).containsExactly(1);
    client.completeMultipartUpload(
        r ->
            r.bucket(setting.bucket())
                .key(setting.key())
                .uploadId(upload)
                .multipartUpload(m -> m.parts(OwnedBucket.onlyPart(eTag))));
    assertThat(bucket.content(setting.key())).isEqualTo("by parts");
  }

  @Test
  void abortsItsOwnParts() {
    String upload =
        client.createMultipartUpload(r -> r.bucket(setting.bucket()).key(setting.key())).uploadId();
    uploadPart(upload, "in vain");
    client.abortMultipartUpload(
        r -> r.bucket(setting.bucket()).key(setting.key()).uploadId(upload));
    assertThat(status(() -> parts(upload))).isEqualTo(404);
    assertThat(bucket.content(setting.key())).isEqualTo("own");
  }

  @Test
  void putsItsOwnKeyInOneGo() {
    client.putObject(
        r ->
            r.bucket(setting.bucket())
                .key(setting.key())
                .contentType("video/mp4")
                .metadata(Map.of("title", "Holiday")),
        RequestBody.fromString("in one go"));
    assertThat(bucket.content(setting.key())).isEqualTo("in one go");
  }

  private static ObjectIdentifier object(String key) {
    return ObjectIdentifier.builder().key(key).build();
  }

  /** Keys that need escaping on their way to STS; the neighbour is what bad escaping would open. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "uploads/two words.mp4, uploads/two+words.mp4",
    "uploads/two+words.mp4, uploads/two words.mp4",
    "uploads/50%20off.mp4, uploads/50 off.mp4",
    "uploads/müller.mp4, uploads/mu\u0308ller.mp4",
    "uploads/動画🎬.mp4, uploads/動画.mp4",
    "'uploads/\"a\",b.mp4', uploads/a.mp4",
  })
  void opensTheKeyThatIsMeant(String key, String neighbour) {
    TemporaryCredentials keys =
        StsCredentials.assumingRole(sts, store.roleArn())
            .build()
            .issue(new Scope(setting.bucket(), key, "ada", Duration.ofMinutes(15)));
    try (S3Client narrow =
        store.s3(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken())) {
      put(narrow, setting.bucket(), key);
      assertThat(status(() -> put(narrow, setting.bucket(), neighbour))).isEqualTo(403);
    }
    assertThat(bucket.content(key)).isEqualTo("x");
  }

  private String uploadPart(String upload, String content) {
    return client
        .uploadPart(
            r -> r.bucket(setting.bucket()).key(setting.key()).uploadId(upload).partNumber(1),
            RequestBody.fromString(content))
        .eTag();
  }

  private List<Part> parts(String upload) {
    return client
        .listParts(r -> r.bucket(setting.bucket()).key(setting.key()).uploadId(upload))
        .parts();
  }

  private static void put(S3Client s3, String bucket, String key) {
    s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("x"));
  }

  private static void copy(S3Client s3, Setting at, String from, String to) {
    s3.copyObject(
        r ->
            r.sourceBucket(at.bucket())
                .sourceKey(from)
                .destinationBucket(at.bucket())
                .destinationKey(to));
  }

  private static String name(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  private static Tagging tagging() {
    return Tagging.builder()
        .tagSet(software.amazon.awssdk.services.s3.model.Tag.builder().key("k").value("v").build())
        .build();
  }

  private static CORSRule anyOrigin() {
    return CORSRule.builder().allowedMethods("GET").allowedOrigins("*").build();
  }

  private static int status(Runnable call) {
    S3Exception refusal = catchThrowableOfType(S3Exception.class, call::run);
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal.statusCode();
  }
}
