package io.github.reelbeam.examples.conformance;

import static io.github.reelbeam.examples.conformance.Faults.ADA;
import static io.github.reelbeam.examples.conformance.Faults.BOB;
import static io.github.reelbeam.examples.conformance.Faults.credentials;
import static io.github.reelbeam.examples.conformance.Faults.expiration;
import static io.github.reelbeam.examples.conformance.Faults.expirationInLocalTime;
import static io.github.reelbeam.examples.conformance.Faults.grantThat;
import static io.github.reelbeam.examples.conformance.Faults.grants;
import static io.github.reelbeam.examples.conformance.Faults.instead;
import static io.github.reelbeam.examples.conformance.Faults.lenientWithTokens;
import static io.github.reelbeam.examples.conformance.Faults.notifications;
import static io.github.reelbeam.examples.conformance.Faults.refusals;
import static io.github.reelbeam.examples.conformance.Faults.renewals;
import static io.github.reelbeam.examples.conformance.Faults.requests;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.examples.cli.TestVideos;
import io.github.reelbeam.examples.conformance.FaultyBackend.Call;
import io.github.reelbeam.examples.conformance.FaultyBackend.Fault;
import io.github.reelbeam.examples.conformance.FaultyBackend.Reply;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The check passes on our own backend, and names each fault of a faulty one and no other. */
@TestInstance(Lifecycle.PER_CLASS) // the servers are there before the table of faults is
class FaultyBackendIT {
  /** Which is how the embedded backend is meant to be; and advice is no fault. */
  private static final List<String> TAKES_ANY_TYPE = List.of("grant.type");

  // also one with a character changed
  private static final String RENEWAL_TOKEN = "b1\\.[A-Za-z0-9_-]+\\.\\d{8,}\\.";

  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final EmbeddedBackend sound =
      EmbeddedBackend.builder(s3).bearerToken(ADA, "ada").bearerToken(BOB, "bob").start();

  private Path video;

  /** A fault, and what is said of it: each check that names it, with words of its finding. */
  record Row(String name, Fault fault, Outcome outcome, List<String> checks, String words) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row fails(String name, String checks, String words, Fault fault) {
    return new Row(name, fault, Outcome.FAIL, List.of(checks.split(" ")), words);
  }

  private static Row advises(String name, String checks, String words, Fault fault) {
    return new Row(name, fault, Outcome.ADVICE, List.of(checks.split(" ")), words);
  }

  Stream<Row> faults() {
    return Stream.of(grantFaults(), refusedGrantFaults(), renewalFaults(), notificationFaults())
        .flatMap(rows -> rows);
  }

  private Stream<Row> grantFaults() {
    return Stream.of(
        fails("a grant is a 200", "grant.status", "200", grants(reply -> reply.status(200))),
        fails(
            "a grant is a redirect",
            "grant.status",
            "a redirect to https://elsewhere",
            instead(
                Call::isGrant,
                Reply.refusal(307, "moved").header("Location", "https://elsewhere/"))),
        fails("requests are not answered", "grant.status", "no answer", Faults.hangsUp()),
        fails(
            "a grant is plain text",
            "grant.json",
            "text/plain",
            grants(reply -> reply.header("Content-Type", "text/plain"))),
        fails(
            "the region is missing",
            "grant.fields",
            "credentials.region is missing",
            grants(credentials(fields -> fields.remove("region")))),
        fails(
            "a field is spelt in another way",
            "grant.fields",
            "credentials.AccessKeyId is missing",
            grants(credentials(fields -> fields.set("accessKeyId", fields.remove("AccessKeyId"))))),
        fails(
            "the key begins with a slash",
            "grant.fields",
            "key begins with a slash",
            grants(reply -> reply.with(json -> json.put("key", "/" + json.get("key").asText())))),
        fails(
            "the endpoint has a path to a file",
            "grant.fields",
            "endpoint is no http or https URL",
            grants(reply -> reply.with(json -> json.put("endpoint", "s3.example.com")))),
        fails(
            "Expiration is in local time",
            "grant.expiration",
            "Expiration 20",
            grants(expirationInLocalTime(""))),
        advises(
            "Expiration has an offset",
            "grant.expiration",
            "+02:00",
            grants(expirationInLocalTime("+02:00"))),
        fails(
            "the credentials have expired",
            "grant.expiration",
            "past by the backend's own Date",
            grants(expiration(Duration.ofHours(-1)))),
        advises(
            "the credentials hold for five minutes",
            "grant.session",
            "5 min",
            grants(expiration(Duration.ofSeconds(330)))),
        advises(
            "a grant may be kept in caches",
            "grant.no-store",
            "Cache-Control: public",
            grants(reply -> reply.header("Cache-Control", "public"))),
        fails(
            "the file's name is in the key",
            "grant.key grant.file-name",
            ".mp4-reelbeam-check-",
            new NamedKeys(s3)),
        fails("all grants have one key", "grant.unique", "once more", Faults.theFirstGrantForAll()),
        fails(
            "unknown fields are refused",
            "grant.unknown-fields",
            "400 invalid_request",
            instead(
                grantThat(call -> call.json().has("ofANewerClient")),
                Reply.refusal(400, "invalid_request"))),
        fails(
            "only ASCII is taken as a file name",
            "grant.file-name",
            "422 bad_name",
            instead(
                grantThat(call -> call.body().contains("\u00dcbung")),
                Reply.refusal(422, "bad_name"))),
        fails(
            "only 8 KiB are read",
            "grant.long-body",
            "413 too_large",
            instead(
                grantThat(call -> call.body().length() > 8192), Reply.refusal(413, "too_large"))),
        fails(
            "the credentials are for another key",
            "upload.parts upload.single",
            "the store answers CreateMultipartUpload with 403 AccessDenied",
            grants(credentials(s3.issue("another", Duration.ofHours(1))))),
        advises(
            "the credentials open the whole bucket",
            "rights.other-key rights.read rights.delete rights.list",
            "the store allowed it",
            grants(credentials(s3.ownerKeys()))));
  }

  private Stream<Row> refusedGrantFaults() {
    return Stream.of(
        fails(
            "nobody is asked for authorization",
            "auth.required",
            "201, with credentials in the body",
            requests(call -> !call.headers().containsKey("Authorization"), call -> call.as(ADA))),
        fails(
            "a wrong token is a 403",
            "auth.wrong",
            "403 forbidden",
            refusals(
                call -> call.headers().containsKey("Authorization"),
                "unauthorized",
                reply -> Reply.refusal(403, "forbidden"))),
        fails(
            "malformed JSON is a 500",
            "grant.malformed",
            "500 internal_error",
            instead(
                grantThat(call -> call.json().isEmpty() && call.method().equals("POST")),
                Reply.refusal(500, "internal_error"))),
        fails(
            "an error is a page of HTML",
            "grant.malformed errors.shape",
            "text/html",
            instead(
                grantThat(call -> call.json().isEmpty() && call.method().equals("POST")),
                Reply.html(400))),
        fails(
            "a file without a name is taken",
            "grant.no-name",
            "201",
            requests(
                grantThat(call -> call.json().has("size") && !call.json().has("fileName")),
                call -> call.with(json -> json.put("fileName", "none")))),
        fails(
            "a missing size is taken",
            "grant.no-size",
            "201",
            requests(
                grantThat(call -> call.json().has("fileName") && !call.json().has("size")),
                call -> call.with(json -> json.put("size", 1)))),
        fails(
            "a negative size is taken",
            "grant.bad-size",
            "201",
            requests(
                grantThat(call -> call.json().path("size").asLong() < 0),
                call -> call.with(json -> json.put("size", 1)))),
        advises(
            "there is no limit on sizes",
            "grant.too-large",
            "a grant",
            requests(
                grantThat(call -> call.json().path("size").asLong() > 1L << 50),
                call -> call.with(json -> json.put("size", 1)))),
        advises(
            "requests of any length are read",
            "request.too-long",
            "a grant",
            requests(
                grantThat(call -> call.body().length() > 1 << 20), call -> call.with(json -> {}))),
        fails(
            "GET is taken too",
            "other.method",
            "200",
            instead(call -> call.method().equals("GET"), Reply.of(200, "{}"))),
        fails(
            "every path leads to the page of the app",
            "other.path",
            "200",
            instead(
                call -> !call.isGrant() && !call.isRenewal() && !call.isNotification(),
                Reply.html(200))));
  }

  private Stream<Row> renewalFaults() {
    return Stream.of(
        fails("a renewal is a 201", "renewal.status", "201", renewals(r -> r.status(201))),
        fails(
            "a renewal has no bucket",
            "renewal.fields",
            "credentials.bucket is missing",
            renewals(credentials(fields -> fields.remove("bucket")))),
        fails(
            "a renewal is for another key",
            "renewal.same-object",
            "/incoming/another.mp4",
            renewals(reply -> reply.with(json -> json.put("key", "incoming/another.mp4")))),
        fails(
            "a renewal takes time away",
            "renewal.fresh",
            "before the first ones",
            renewals(expiration(Duration.ofMinutes(20)))),
        advises(
            "a renewal comes from a cache",
            "renewal.fresh",
            "once more",
            Faults.renewalsFromACache()),
        advises(
            "a renewal may be kept in caches",
            "renewal.no-store",
            "Cache-Control: public",
            renewals(reply -> reply.header("Cache-Control", "public"))),
        fails(
            "a renewal has no token",
            "renewal.token",
            "no renewalToken",
            renewals(reply -> reply.with(json -> json.remove("renewalToken")))),
        fails(
            "renewed credentials are for another key",
            "renewal.works",
            "UploadPart: 403",
            renewals(credentials(s3.issue("another", Duration.ofHours(1))))),
        fails(
            "any key is renewed",
            "renewal.tampered renewal.no-token renewal.other-key",
            "200, with credentials in the body",
            lenientWithTokens((token, right, all) -> true)),
        fails(
            "a part of the token is not checked",
            "renewal.tampered",
            "200, with credentials in the body",
            lenientWithTokens((token, right, all) -> !token.isEmpty() && !all.contains(token))),
        fails(
            "a token is checked only if there is one",
            "renewal.no-token",
            "200, with credentials in the body",
            lenientWithTokens((token, right, all) -> token.isEmpty())),
        fails(
            "a token is good for all keys",
            "renewal.other-key",
            "200, with credentials in the body",
            lenientWithTokens((token, right, all) -> all.contains(token))),
        fails(
            "a token is good for all users",
            "renewal.other-user",
            "200, with credentials in the body",
            requests(call -> call.isRenewal() && call.isAs(BOB), call -> call.as(ADA))),
        fails(
            "a wrong renewal is a 401",
            "renewal.tampered renewal.no-token renewal.other-key renewal.unknown-key"
                + " renewal.other-user",
            "401 unauthorized",
            refusals(
                Call::isRenewal, "renewal_refused", reply -> Reply.refusal(401, "unauthorized"))),
        fails(
            "a malformed renewal is a 500",
            "renewal.malformed",
            "500 internal_error",
            refusals(
                Call::isRenewal, "invalid_request", reply -> Reply.refusal(500, "internal_error"))),
        fails(
            "a refusal repeats the token",
            "errors.secrets",
            "403 with a token",
            (call, backend) -> {
              Reply reply = backend.reply(call);
              String token = call.json().path("renewalToken").asText();
              return reply.code().equals("renewal_refused")
                  ? reply.with(json -> json.put("message", "wrong: " + token))
                  : reply;
            }));
  }

  private Stream<Row> notificationFaults() {
    return Stream.of(
        fails(
            "an object that is not there is an asset",
            "notification.too-early",
            "200 instead of 404 asset_not_found",
            refusals(
                Call::isNotification, "asset_not_found", r -> Reply.of(200, "{\"id\":\"1\"}"))),
        fails(
            "an object that is not there has no code",
            "notification.too-early errors.shape",
            "404 without a code",
            refusals(Call::isNotification, "asset_not_found", r -> Reply.of(404, "{}"))),
        fails(
            "sizes are not compared",
            "notification.size",
            "201 instead of 409 asset_mismatch",
            Faults.sizesNotCompared(s3)),
        advises(
            "ETags and checksums are not compared",
            "notification.content",
            "201 instead of 409 asset_mismatch",
            requests(
                Call::isNotification,
                call -> call.with(json -> json.put("eTag", "").remove("checksum")))),
        fails(
            "malformed notifications are a 500",
            "notification.malformed",
            "500 internal_error",
            instead(
                call -> call.isNotification() && call.body().equals("["),
                Reply.refusal(500, "internal_error"))),
        advises(
            "a 503 does not say when to come back",
            "notification.at-once errors.retry-after",
            "503 without Retry-After",
            Faults.busyOnce()),
        fails(
            "notifications are a 500",
            "notification.status notification.at-once",
            "500 internal_error",
            notifications(reply -> Reply.refusal(500, "internal_error"))),
        fails(
            "notifications are answered with a page",
            "notification.json",
            "no JSON (text/html)",
            notifications(reply -> Reply.html(200))),
        fails(
            "each notification is a new asset",
            "notification.repeated notification.at-once",
            "another assetId",
            notifications(Faults.anotherAsset())),
        advises(
            "each notification has another answer",
            "notification.repeated notification.at-once",
            "another servedAt",
            notifications(Faults.anotherTime())),
        fails(
            "repeated notifications are refused",
            "notification.repeated notification.at-once",
            "409 already_registered",
            Faults.repetitionsRefused()),
        fails(
            "a known upload id is taken with any key",
            "notification.other-key",
            "200 instead of 409 upload_conflict",
            Faults.conflictsTaken(true)),
        fails(
            "a known key is taken with any upload id",
            "notification.other-id",
            "200 instead of 409 upload_conflict",
            Faults.conflictsTaken(false)),
        fails(
            "users can tell of the uploads of others",
            "notification.other-user",
            "200 instead of 403 forbidden",
            requests(call -> call.isNotification() && call.isAs(BOB), call -> call.as(ADA))));
  }

  @BeforeAll
  void makeVideo(@TempDir Path folder) throws Exception {
    video = TestVideos.write(folder.resolve("video.mp4"), (5 << 20) + 100_000);
  }

  @AfterAll
  void stopServers() {
    sound.close();
    s3.close();
  }

  @Test
  void ourOwnBackendKeepsToTheContract() throws Exception {
    Report report = check(sound.uri());

    assertThat(findings(report, Outcome.FAIL)).isEmpty();
    assertThat(findings(report, Outcome.SKIPPED)).isEmpty();
    assertThat(ids(report, Outcome.ADVICE)).isEqualTo(TAKES_ANY_TYPE);
    assertThat(s3.openUploads()).isEmpty();
  }

  @Test
  void aBackendMayRememberItsGrantsInsteadOfGivingTokens() throws Exception {
    Report report;
    try (FaultyBackend backend = new FaultyBackend(sound.uri(), Faults.withoutTokens())) {
      report = check(backend.uri());
    }

    assertThat(findings(report, Outcome.FAIL)).isEmpty();
    assertThat(ids(report, Outcome.SKIPPED))
        .containsExactly("renewal.tampered", "renewal.no-token", "renewal.other-key");
  }

  @Test
  void aBackendMayHaveNothingToSayToANotification() throws Exception {
    Fault silent = notifications(reply -> new Reply(204, Map.of(), ""));
    Report report;
    try (FaultyBackend backend = new FaultyBackend(sound.uri(), silent)) {
      report = check(backend.uri());
    }

    assertThat(findings(report, Outcome.FAIL)).isEmpty();
    assertThat(ids(report, Outcome.ADVICE)).isEqualTo(TAKES_ANY_TYPE);
  }

  @Test
  void aBackendThatAsksNobodyWhoItIsGetsAdvice() throws Exception {
    Report report;
    try (EmbeddedBackend open = EmbeddedBackend.start(s3)) {
      report = BackendCheck.run(target(open.uri(), null, null), finding -> {});
    }

    assertThat(findings(report, Outcome.FAIL)).isEmpty();
    assertThat(ids(report, Outcome.ADVICE)).contains("auth.required");
    assertThat(ids(report, Outcome.SKIPPED))
        .containsExactly("auth.wrong", "renewal.other-user", "notification.other-user");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void namesTheFaultAndNoOther(Row row) throws Exception {
    Report report;
    try (FaultyBackend faulty = new FaultyBackend(sound.uri(), row.fault())) {
      report = check(faulty.uri());
    }

    boolean fails = row.outcome() == Outcome.FAIL;
    List<String> faults = fails ? row.checks() : List.of();
    assertThat(ids(report, Outcome.FAIL))
        .as(() -> findings(report, Outcome.FAIL).toString())
        .isEqualTo(faults);
    assertThat(ids(report, Outcome.ADVICE))
        .as(() -> findings(report, Outcome.ADVICE).toString())
        .filteredOn(id -> !TAKES_ANY_TYPE.contains(id))
        .isEqualTo(fails ? List.of() : row.checks());
    assertThat(findings(report, row.outcome()))
        .filteredOn(finding -> row.checks().contains(finding.id()))
        .allSatisfy(finding -> assertThat(finding.verdict().change()).isNotBlank())
        .anySatisfy(finding -> assertThat(finding.verdict().came()).contains(row.words()));
    assertThat(report.conforms()).isEqualTo(!fails);
    assertThat(report.toString()).doesNotContain(ADA, BOB).doesNotContainPattern(RENEWAL_TOKEN);
  }

  private Report check(URI backend) throws InterruptedException {
    return BackendCheck.run(target(backend, ADA, BOB), finding -> {});
  }

  private Target target(URI backend, @Nullable String token, @Nullable String otherToken) {
    return new Target(
        backend,
        Target.Paths.standard(),
        token,
        otherToken,
        video,
        "video/mp4",
        Duration.ofSeconds(20));
  }

  private static List<Finding> findings(Report report, Outcome outcome) {
    return report.findings().stream().filter(finding -> finding.outcome() == outcome).toList();
  }

  private static List<String> ids(Report report, Outcome outcome) {
    return findings(report, outcome).stream().map(Finding::id).collect(Collectors.toList());
  }
}
