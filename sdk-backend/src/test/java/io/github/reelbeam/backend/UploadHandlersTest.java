package io.github.reelbeam.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadHandlersTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final ObjectKeys KEYS = ObjectKeys.withPrefix("uploads/");
  private static final UploadLimits LIMITS = UploadLimits.upTo(1000);
  private static final String SECRET = "wJalrXUtnFEMI-secret";
  private static final String HOLIDAY =
      "{\"fileName\":\"holiday.mp4\",\"contentType\":\"video/mp4\",\"size\":5}";
  private static final String CRC =
      "{\"algorithm\":\"CRC32\",\"type\":\"FULL_OBJECT\",\"value\":\"AAAAAA==\"}";

  private final String key = KEYS.next("holiday.mp4");
  private final FakeBucket bucket = new FakeBucket();
  private final AssetStore assets = AssetStore.inMemory();
  private final UploadHandlers handlers = handlers(assets);

  private UploadHandlers handlers(AssetStore store) {
    return builder(store).build();
  }

  private UploadHandlers.Builder builder(AssetStore store) {
    CredentialsIssuer credentials =
        scope -> new TemporaryCredentials("ASIA1", SECRET, "session", NOW.plus(scope.validity()));
    return UploadHandlers.builder(
            issuer(credentials), AssetVerifier.of(bucket, KEYS, LIMITS), store)
        .clock(CLOCK);
  }

  private static UploadGrantIssuer issuer(CredentialsIssuer credentials) {
    RenewalTokens tokens = RenewalTokens.signingWith("1", new byte[32]).clock(CLOCK).build();
    return UploadGrantIssuer.builder("videos", "eu-central-1", credentials, tokens)
        .keys(KEYS)
        .limits(LIMITS)
        .clock(CLOCK)
        .build();
  }

  private static ApiRequest by(String subject, String json) {
    return new ApiRequest(subject, null, json.getBytes(UTF_8));
  }

  private static String told(String uploadId, String key) {
    return "{\"uploadId\":\"%s\",\"key\":\"%s\",\"size\":5,\"fileName\":\"holiday.mp4\"}"
        .formatted(uploadId, key);
  }

  private static JsonNode json(ApiResponse response) {
    try {
      return new JsonMapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      return fail("not JSON: " + response.body(), e);
    }
  }

  private static void assertRefused(ApiResponse response, int status, String code) {
    assertThat(json(response).path("code").asText()).isEqualTo(code);
    assertThat(json(response).path("message").asText()).isNotEmpty();
    assertThat(response.status()).isEqualTo(status);
  }

  @Test
  void grantsAndRenews() {
    ApiResponse granted = handlers.grant(by("ada", HOLIDAY));
    assertThat(granted.status()).isEqualTo(201);
    assertThat(granted.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Cache-Control", "no-store");
    JsonNode grant = json(granted);
    assertThat(grant.path("credentials").path("SecretAccessKey").asText()).isEqualTo(SECRET);

    String renewal =
        "{\"key\":\"%s\",\"renewalToken\":\"%s\"}"
            .formatted(grant.path("key").asText(), grant.path("renewalToken").asText());
    ApiResponse renewed = handlers.renew(by("ada", renewal));
    assertThat(renewed.status()).isEqualTo(200);
    assertThat(json(renewed).path("key")).isEqualTo(grant.path("key"));
    assertRefused(handlers.renew(by("bob", renewal)), 403, "renewal_refused");
  }

  @Test
  void refusesToGrantWhatIsNotWithinTheLimits() {
    assertRefused(handlers.grant(by("ada", HOLIDAY.replace("5", "1001"))), 413, "too_large");
    assertRefused(
        handlers.grant(by("ada", HOLIDAY.replace("video/mp4", "text/html"))),
        415,
        "content_type_not_allowed");
    assertRefused(handlers.grant(by("ada", "{}")), 400, "invalid_request");
    assertRefused(handlers.renew(by("ada", "{}")), 400, "invalid_request");
  }

  @ParameterizedTest
  @CsvSource({"true, 503, unavailable", "false, 500, internal_error"})
  void tellsNothingOfWhyThereAreNoCredentials(boolean passes, int status, String code) {
    CredentialsIssuer broken =
        scope -> {
          throw new GrantFailedException(
              "arn:aws:iam::1:role/uploader", passes, new IllegalStateException());
        };
    UploadHandlers failing =
        UploadHandlers.of(issuer(broken), AssetVerifier.of(bucket, KEYS, LIMITS), assets);
    ApiResponse response = failing.grant(by("ada", HOLIDAY));
    assertRefused(response, status, code);
    assertThat(response.body()).doesNotContain("arn:");
    assertThat(response.headers().containsKey("Retry-After")).isEqualTo(passes);
  }

  @Test
  void registersAnUploadOnce() {
    bucket.put(key, 5, "\"abc\"", null);
    ApiResponse first = handlers.register(by("ada", told("u-1", key)));
    ApiResponse second = handlers.register(by("ada", told("u-1", key)));
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(json(first).fieldNames())
        .toIterable()
        .containsExactly("assetId", "uploadId", "key", "size", "contentType", "registeredAt");
    RegisteredAsset asset = assets.findByUploadId("u-1").orElseThrow();
    assertThat(asset.subject()).isEqualTo("ada");
    assertThat(asset.eTag()).isEqualTo("\"abc\"");
    assertThat(asset.fileName()).isEqualTo("holiday.mp4");
    assertThat(asset.registeredAt()).isEqualTo(NOW);
  }

  /** The store has computed its own; the client may be believed only for want of that. */
  @ParameterizedTest
  @CsvSource({"AAAAAQ==, AAAAAQ==", ", AAAAAA=="})
  void theChecksumOfTheStoreCountsBeforeTheClients(@Nullable String stored, String kept) {
    AssetChecksum composite =
        stored == null ? null : new AssetChecksum("CRC32", "COMPOSITE", stored);
    bucket.put(key, 5, null, composite);
    handlers.register(by("ada", told("u-1", key).replace("}", ",\"checksum\":" + CRC + "}")));
    AssetChecksum checksum = assets.findByUploadId("u-1").orElseThrow().checksum();
    assertThat(checksum).extracting("value").isEqualTo(kept);
  }

  @Test
  void anAssetStaysOneWhateverBecomesOfItsObject() {
    bucket.put(key, 5, null, null);
    handlers.register(by("ada", told("u-1", key)));
    bucket.objects.clear();
    assertThat(handlers.register(by("ada", told("u-1", key))).status()).isEqualTo(200);
  }

  /** A backend killed after it has registered the asset may have aborted nothing yet. */
  @Test
  void leftoversAreAbortedBeforeEachAnswerAlsoToARepetition() {
    bucket.put(key, 5, null, null);
    handlers.register(by("ada", told("u-1", key)));
    assertThat(bucket.cleaned).containsExactly(key);
    handlers.register(by("ada", told("u-1", key)));
    assertThat(bucket.cleaned).containsExactly(key, key);
  }

  @Test
  void nothingIsAbortedForARefusedNotification() {
    assertRefused(handlers.register(by("ada", told("u-1", key))), 404, "asset_not_found");
    bucket.put(key, 5, null, null);
    handlers.register(by("ada", told("u-1", key)));
    bucket.cleaned.clear();
    assertRefused(handlers.register(by("bob", told("u-1", key))), 403, "forbidden");
    assertRefused(handlers.register(by("bob", told("u-2", key))), 403, "forbidden");
    assertThat(bucket.cleaned).isEmpty();
  }

  @Test
  void leftoversThatCannotBeAbortedKeepNoAssetAway() {
    bucket.put(key, 5, null, null);
    bucket.cleaningFailure = new IllegalStateException("no right to list");
    assertThat(handlers.register(by("ada", told("u-1", key))).status()).isEqualTo(201);
  }

  @Test
  void anotherUsersUploadAndKeyAreForbiddenWithoutAWordOfThem() {
    bucket.put(key, 5, null, null);
    String assetId = json(handlers.register(by("ada", told("u-1", key)))).path("assetId").asText();
    String own = KEYS.next("own.mp4");
    bucket.put(own, 5, null, null);
    for (String body : List.of(told("u-1", key), told("u-1", own), told("u-2", key))) {
      ApiResponse response = handlers.register(by("bob", body));
      assertRefused(response, 403, "forbidden");
      assertThat(response.body()).doesNotContain(assetId, key, "ada", "u-1");
    }
  }

  @Test
  void oneUploadHasOneKeyAndOneKeyOneUpload() {
    bucket.put(key, 5, null, null);
    handlers.register(by("ada", told("u-1", key)));
    String other = KEYS.next("other.mp4");
    bucket.put(other, 5, null, null);
    assertRefused(handlers.register(by("ada", told("u-1", other))), 409, "upload_conflict");
    assertRefused(handlers.register(by("ada", told("u-2", key))), 409, "upload_conflict");
  }

  /** Two machines of the backend look for the upload before either has registered it. */
  @RepeatedTest(5)
  void simultaneousNotificationsMakeOneAsset() throws Exception {
    int machines = 16;
    bucket.put(key, 5, null, null);
    CyclicBarrier allHaveLooked = new CyclicBarrier(machines);
    List<RegisteredAsset> offered = new CopyOnWriteArrayList<>();
    UploadHandlers racing =
        handlers(
            new AssetStore() {
              @Override
              public Optional<RegisteredAsset> findByUploadId(String uploadId) {
                return assets.findByUploadId(uploadId);
              }

              @Override
              public RegisteredAsset register(RegisteredAsset asset) {
                offered.add(asset);
                await(allHaveLooked);
                return assets.register(asset);
              }
            });
    ExecutorService threads = Executors.newFixedThreadPool(machines);
    try {
      List<Future<ApiResponse>> answers = new ArrayList<>();
      for (int i = 0; i < machines; i++) {
        answers.add(threads.submit(() -> racing.register(by("ada", told("u-1", key)))));
      }
      List<Integer> statuses = new ArrayList<>();
      List<String> bodies = new ArrayList<>();
      for (Future<ApiResponse> answer : answers) {
        statuses.add(answer.get().status());
        bodies.add(answer.get().body());
      }
      assertThat(offered).hasSize(machines);
      assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
      assertThat(bodies.stream().distinct()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 503, unavailable", "false, 500, internal_error"})
  void aStoreThatCannotBeAskedIsAskedAgain(boolean passes, int status, String code) {
    bucket.put(key, 5, null, null);
    bucket.failure = new VerificationFailedException("10.1.2.3 is down", passes, null);
    ApiResponse response = handlers.register(by("ada", told("u-1", key)));
    assertRefused(response, status, code);
    assertThat(response.body()).doesNotContain("10.1.2.3");
    assertThat(response.headers().containsKey("Retry-After")).isEqualTo(passes);
    bucket.failure = null;
    assertThat(handlers.register(by("ada", told("u-1", key))).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDatabaseThatFailsIsAskedAgain(boolean afterTheCommit) {
    bucket.put(key, 5, null, null);
    AtomicBoolean fails = new AtomicBoolean(true);
    UploadHandlers flaky =
        handlers(
            new AssetStore() {
              @Override
              public Optional<RegisteredAsset> findByUploadId(String uploadId) {
                return assets.findByUploadId(uploadId);
              }

              @Override
              public RegisteredAsset register(RegisteredAsset asset) {
                if (afterTheCommit) {
                  assets.register(asset);
                }
                if (fails.getAndSet(false)) {
                  throw new IllegalStateException("jdbc:secret");
                }
                return assets.register(asset);
              }
            });
    ApiResponse response = flaky.register(by("ada", told("u-1", key)));
    assertRefused(response, 500, "internal_error");
    assertThat(response.body()).doesNotContain("jdbc");
    assertThat(flaky.register(by("ada", told("u-1", key))).status())
        .isEqualTo(afterTheCommit ? 200 : 201);
  }

  @Test
  void theAppChoosesItsAnswer() {
    bucket.put(key, 5, null, null);
    UploadHandlers own =
        builder(assets)
            .describe(asset -> Map.of("id", asset.assetId(), "tags", List.of("new"), "n", 1))
            .build();
    ApiResponse response = own.register(by("ada", told("u-1", key)));
    assertThat(response.status()).isEqualTo(201);
    assertThat(json(response).path("id").asText())
        .isEqualTo(assets.findByUploadId("u-1").orElseThrow().assetId());
    assertThat(json(response).path("tags").path(0).asText()).isEqualTo("new");
    assertThat(json(response).path("n").asInt()).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsNotForJsonIsTheBackendsError() {
    bucket.put(key, 5, null, null);
    UploadHandlers own = builder(assets).describe(asset -> Map.of("self", new Object())).build();
    assertRefused(own.register(by("ada", told("u-1", key))), 500, "internal_error");
  }

  @Test
  void noSecretIsInTheTextOfAnything() {
    ApiResponse granted = handlers.grant(by("ada", HOLIDAY));
    ApiRequest renewal = by("ada", "{\"key\":\"k\",\"renewalToken\":\"" + SECRET + "\"}");
    assertThat(granted.body()).contains(SECRET);
    assertThat(granted).hasToString("ApiResponse[201]");
    assertThat(renewal).hasToString("ApiRequest[ada, " + renewal.body().length + " bytes]");
  }

  @Test
  void noTokenOfAClientIsLogged() {
    PrintStream err = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      handlers.renew(by("ada", "{\"key\":\"k\",\"renewalToken\":\"" + SECRET + "\"}"));
      handlers.renew(by("ada", "{\"key\":7,\"renewalToken\":\"" + SECRET + "\"}"));
      handlers.renew(by("ada", "{\"renewalToken\":\"" + SECRET + "\""));
      handlers.grant(by("ada", HOLIDAY));
      // what is logged, to see that logging is seen
      handlers.register(by("ada", told("u-1", key)));
    } finally {
      System.setErr(err);
    }
    assertThat(log.toString(UTF_8)).contains(key).doesNotContain(SECRET);
  }
}
