package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

class EmbeddedS3Test {
  private static final String KEY = "incoming/a b+ü.mp4";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MIB = 1 << 20;

  private final MovableClock clock = new MovableClock();
  private EmbeddedS3 s3 = EmbeddedS3.builder().clock(clock).start();
  private TemporaryKeys keys = s3.issue(KEY, HOUR);
  private S3Client client = S3Clients.of(s3.endpoint(), keys);

  @BeforeEach
  void open() {
    assertThat(s3.keys()).isEmpty();
  }

  @AfterEach
  void close() {
    client.close();
    s3.close();
  }

  private void put(S3Client with, String key, String text) {
    with.putObject(
        b -> b.bucket(s3.bucket()).key(key).contentType("video/mp4").metadata(Map.of("title", "T")),
        RequestBody.fromString(text));
  }

  private static void assertRefused(ThrowingCallable call, int status, String code) {
    S3Exception refusal = catchThrowableOfType(S3Exception.class, call);
    assertThat(refusal).as("refusal").isNotNull();
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(refusal.statusCode()).isEqualTo(status);
  }

  @Test
  void storesAnObjectWithItsMetadata() throws IOException {
    put(client, KEY, "hello");
    assertThat(s3.keys()).containsExactly(KEY);
    StoredObject found = s3.find(KEY).orElseThrow();
    assertThat(found.size()).isEqualTo(5);
    assertThat(found.contentType()).isEqualTo("video/mp4");
    assertThat(found.metadata()).containsEntry("title", "T");
    assertThat(found.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    try (InputStream all = s3.open(KEY);
        InputStream some = s3.open(KEY, 1, 3)) {
      assertThat(all.readAllBytes()).asString().isEqualTo("hello");
      assertThat(some.readAllBytes()).asString().isEqualTo("ell");
    }
  }

  @Test
  void knowsNothingUnderAKeyThatIsNotThere() {
    assertThat(s3.find("nothing")).isEmpty();
  }

  @Test
  void refusesAWrongSecret() {
    TemporaryKeys wrong =
        new TemporaryKeys(
            keys.accessKeyId(), "not the secret", keys.sessionToken(), keys.expiration());
    try (S3Client intruder = S3Clients.of(s3.endpoint(), wrong)) {
      assertRefused(() -> put(intruder, KEY, "x"), 403, "SignatureDoesNotMatch");
    }
  }

  @Test
  void refusesAWrongSessionToken() {
    TemporaryKeys wrong =
        new TemporaryKeys(
            keys.accessKeyId(), keys.secretAccessKey(), "not the token", keys.expiration());
    try (S3Client intruder = S3Clients.of(s3.endpoint(), wrong)) {
      assertRefused(() -> put(intruder, KEY, "x"), 400, "InvalidToken");
    }
  }

  @Test
  void refusesAnUnknownAndARevokedAccessKey() {
    s3.revoke(keys.accessKeyId());
    assertRefused(() -> put(client, KEY, "x"), 403, "InvalidAccessKeyId");
  }

  @Test
  void refusesAnotherKeyAndAnotherBucket() {
    assertRefused(() -> put(client, "incoming/other.mp4", "x"), 403, "AccessDenied");
    assertRefused(
        () -> client.putObject(b -> b.bucket("other").key(KEY), RequestBody.fromString("x")),
        403,
        "AccessDenied");
    assertThat(s3.keys()).isEmpty();
  }

  @Test
  void refusesExpiredKeysFromTheirLastInstant() {
    clock.advance(HOUR.minusMillis(1));
    put(client, KEY, "x");
    clock.advance(Duration.ofMillis(1));
    assertRefused(() -> put(client, KEY, "y"), 400, "ExpiredToken");
  }

  @Test
  void answersABigRefusedBodyInsteadOfResettingTheConnection() {
    clock.advance(HOUR);
    RequestBody big = RequestBody.fromBytes(S3Clients.randomBytes(16 * MIB));
    for (int i = 0; i < 5; i++) {
      assertRefused(
          () -> client.putObject(b -> b.bucket(s3.bucket()).key(KEY), big), 400, "ExpiredToken");
    }
  }

  @Test
  void refusesBeforeTheBodyWhereTheClientAsks() throws IOException {
    clock.advance(HOUR);
    try (Socket socket = new Socket()) {
      socket.connect(Loopback.port(s3.endpoint().getPort()));
      String head =
          """
          PUT /videos/k HTTP/1.1
          Host: s3
          Authorization: AWS4-HMAC-SHA256 Credential=%s/20261122/eu-central-1/s3/aws4_request
          Content-Length: 100000
          Expect: 100-continue

          """;
      socket
          .getOutputStream()
          .write(head.formatted(keys.accessKeyId()).replace("\n", "\r\n").getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("ExpiredToken");
    }
  }

  @Test
  void allowsNothingThatTheSessionPolicyDoesNot() {
    put(client, KEY, "x");
    String bucket = s3.bucket();
    assertRefused(
        () -> client.getObjectAsBytes(b -> b.bucket(bucket).key(KEY)), 403, "AccessDenied");
    assertRefused(() -> client.deleteObject(b -> b.bucket(bucket).key(KEY)), 403, "AccessDenied");
    assertRefused(() -> client.listObjectsV2(b -> b.bucket(bucket)), 403, "AccessDenied");
    assertRefused(() -> client.listMultipartUploads(b -> b.bucket(bucket)), 403, "AccessDenied");
    S3Exception head =
        catchThrowableOfType(
            S3Exception.class, () -> client.headObject(b -> b.bucket(bucket).key(KEY)));
    assertThat(head.statusCode()).isEqualTo(403);
  }

  @Test
  void letsTheOwnerDoEverything() {
    put(client, KEY, "x");
    try (S3Client owner = S3Clients.of(s3.endpoint(), s3.ownerKeys())) {
      assertThat(owner.listObjectsV2(b -> b.bucket(s3.bucket())).contents()).hasSize(1);
      owner.deleteObject(b -> b.bucket(s3.bucket()).key(KEY));
    }
    assertThat(s3.keys()).isEmpty();
  }

  @Test
  void assemblesAMultipartUpload() throws IOException {
    byte[] first = S3Clients.randomBytes(5 * MIB);
    byte[] last = S3Clients.randomBytes(1234);
    String id = create();
    UploadPartResponse two = part(id, 2, last);
    UploadPartResponse one = part(id, 1, first);
    assertThat(s3.openUploads())
        .singleElement()
        .satisfies(
            open -> {
              assertThat(open.key()).isEqualTo(KEY);
              assertThat(open.uploadId()).isEqualTo(id);
              assertThat(open.partNumbers()).containsExactly(1, 2);
              assertThat(open.storedBytes()).isEqualTo(5 * MIB + 1234L);
            });
    assertThat(client.listPartsPaginator(b -> b.bucket(s3.bucket()).key(KEY).uploadId(id)).parts())
        .extracting(Part::partNumber)
        .containsExactly(1, 2);
    client.completeMultipartUpload(
        b ->
            b.bucket(s3.bucket())
                .key(KEY)
                .uploadId(id)
                .checksumType(ChecksumType.FULL_OBJECT)
                .multipartUpload(m -> m.parts(completed(1, one), completed(2, two))));
    assertThat(s3.openUploads()).isEmpty();
    StoredObject stored = s3.find(KEY).orElseThrow();
    assertThat(stored.size()).isEqualTo(5 * MIB + 1234L);
    assertThat(stored.contentType()).isEqualTo("video/quicktime");
    try (InputStream in = s3.open(KEY, 5 * MIB, 5 * MIB + 1233L)) {
      assertThat(in.readAllBytes()).isEqualTo(last);
    }
  }

  @Test
  void leavesNothingBehindAfterAnAbort() {
    String id = create();
    part(id, 1, S3Clients.randomBytes(5 * MIB));
    client.abortMultipartUpload(b -> b.bucket(s3.bucket()).key(KEY).uploadId(id));
    assertThat(s3.openUploads()).isEmpty();
    assertThat(s3.keys()).isEmpty();
    assertRefused(() -> part(id, 1, new byte[1]), 404, "NoSuchUpload");
    assertRefused(() -> list(id), 404, "NoSuchUpload");
  }

  @Test
  void theOwnerAbortsWhatIsOpenForAKey() {
    String id = create();
    part(id, 1, S3Clients.randomBytes(5 * MIB));
    s3.abortOpenUploads("incoming/other.mp4");
    assertThat(s3.openUploads()).hasSize(1);
    s3.abortOpenUploads(KEY);
    assertThat(s3.openUploads()).isEmpty();
    assertThat(s3.keys()).isEmpty();
    assertRefused(() -> part(id, 1, new byte[1]), 404, "NoSuchUpload");
    assertRefused(() -> list(id), 404, "NoSuchUpload");
  }

  private ListPartsResponse list(String id) {
    return client.listParts(b -> b.bucket(s3.bucket()).key(KEY).uploadId(id));
  }

  private String create() {
    return client
        .createMultipartUpload(
            b ->
                b.bucket(s3.bucket())
                    .key(KEY)
                    .contentType("video/quicktime")
                    .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                    .checksumType(ChecksumType.FULL_OBJECT))
        .uploadId();
  }

  private UploadPartResponse part(String id, int number, byte[] bytes) {
    return client.uploadPart(
        b ->
            b.bucket(s3.bucket())
                .key(KEY)
                .uploadId(id)
                .partNumber(number)
                .checksumAlgorithm(ChecksumAlgorithm.CRC32),
        RequestBody.fromBytes(bytes));
  }

  private static CompletedPart completed(int number, UploadPartResponse part) {
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(part.eTag())
        .checksumCRC32(part.checksumCRC32())
        .build();
  }

  @Test
  void refusesAChecksumThatDoesNotMatch() {
    assertRefused(
        () ->
            client.putObject(
                b -> b.bucket(s3.bucket()).key(KEY).checksumCRC32("AAAAAA=="),
                RequestBody.fromString("hello")),
        400,
        "BadDigest");
    assertThat(s3.keys()).isEmpty();
  }

  @Test
  void refusesRequestsWithoutASignature() throws IOException {
    HttpURLConnection anonymous =
        (HttpURLConnection)
            s3.endpoint().resolve("/" + s3.bucket() + "/x").toURL().openConnection();
    assertThat(anonymous.getResponseCode()).isEqualTo(403);
  }

  @Test
  void speaksHttpsToClientsThatTrustItsCertificate() {
    try (EmbeddedS3 secure = EmbeddedS3.builder().https().start();
        S3Client trusting =
            S3Clients.builder(secure.endpoint(), secure.issue(KEY, HOUR))
                .httpClientBuilder(
                    Apache5HttpClient.builder()
                        .tlsTrustManagersProvider(() -> TrustStores.load(secure)))
                .build();
        S3Client suspicious = S3Clients.of(secure.endpoint(), secure.issue(KEY, HOUR))) {
      assertThat(secure.endpoint()).hasScheme("https");
      put(trusting, KEY, "hello");
      assertThat(secure.keys()).containsExactly(KEY);
      assertThatCode(() -> put(suspicious, KEY, "x")).hasMessageContaining("certification path");
    }
  }

  @Test
  void keepsTheObjectsOfAGivenFolder(@TempDir Path folder) {
    try (EmbeddedS3 before = EmbeddedS3.builder().directory(folder).start();
        S3Client writer = S3Clients.of(before.endpoint(), before.ownerKeys())) {
      put(writer, KEY, "hello");
    }
    try (EmbeddedS3 after = EmbeddedS3.builder().directory(folder).start()) {
      assertThat(after.find(KEY)).map(StoredObject::size).contains(5L);
    }
  }

  @Test
  void freesItsPortWhenClosed() {
    URI endpoint = s3.endpoint();
    s3.close();
    assertThatCode(() -> new Socket(endpoint.getHost(), endpoint.getPort()).close())
        .isInstanceOf(ConnectException.class);
    s3 = EmbeddedS3.start();
  }

  @Test
  void keepsSecretsOutOfTexts() {
    assertThat(keys.toString())
        .contains(keys.accessKeyId())
        .doesNotContain(keys.secretAccessKey())
        .doesNotContain(keys.sessionToken());
  }
}
