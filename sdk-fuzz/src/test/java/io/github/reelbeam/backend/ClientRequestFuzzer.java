package io.github.reelbeam.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.fuzz.Check;
import io.github.reelbeam.fuzz.FuzzTime;
import io.github.reelbeam.fuzz.Inputs;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What clients send to the backend: an input is {@code grant}, {@code renew} or {@code register},
 * then an idempotency key, then the body; {@code $TOKEN} in the body stands for a good renewal
 * token of another user.
 */
public final class ClientRequestFuzzer {
  private static final String SECRET = "the-secret-access-key";
  private static final String KEY = "uploads/3f0c2b1e-8f3d-4c7a-9f55-0c1de0a6a7b1.mp4";
  private static final long SIZE = 5;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock CLOCK = Clock.fixed(FuzzTime.NOW, ZoneOffset.UTC);
  private static final ObjectKeys KEYS = ObjectKeys.withPrefix("uploads/");
  private static final UploadLimits LIMITS = UploadLimits.upTo(1000);
  private static final RenewalTokens TOKENS =
      RenewalTokens.signingWith("k", "s".repeat(32).getBytes(StandardCharsets.UTF_8))
          .clock(CLOCK)
          .build();
  private static final String TOKEN = TOKENS.issue(KEY, "alice", FuzzTime.NOW.plusSeconds(60));

  private ClientRequestFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) throws JsonProcessingException {
    List<byte[]> documents = Inputs.documents(input, 3);
    byte[] body =
        documents.size() > 2 ? Inputs.replace(documents.get(2), "$TOKEN", TOKEN) : new byte[0];
    String key = documents.size() > 1 ? Inputs.text(documents.get(1)) : "";
    ApiRequest request = new ApiRequest("mallory", key.isEmpty() ? null : key, body);
    UploadHandlers handlers = handlers();
    String kind = Inputs.text(documents.get(0));
    if (kind.startsWith("renew")) {
      ApiResponse answer = checked(request, handlers.renew(request));
      Check.that(answer.status() >= 400, "credentials for the upload of somebody else");
    } else if (kind.startsWith("register")) {
      registered(handlers, request);
    } else {
      ApiResponse answer = checked(request, handlers.grant(request));
      Check.that(answer.status() == 201 || answer.status() < 500, "a status " + answer.status());
      if (answer.status() == 201) {
        JsonNode grant = JSON.readTree(answer.body());
        Check.that(KEYS.mayHaveMade(grant.get("key").asText()), "a key that the client has chosen");
      }
    }
  }

  /** One asset, however often it is told; never another object than was told. */
  private static void registered(UploadHandlers handlers, ApiRequest request)
      throws JsonProcessingException {
    ApiResponse first = checked(request, handlers.register(request));
    ApiResponse second = checked(request, handlers.register(request));
    if (first.status() == 201) {
      Check.that(second.status() == 200 && second.body().equals(first.body()), "another asset");
      JsonNode asset = JSON.readTree(first.body());
      Check.that(asset.get("size").asLong() == SIZE, "an asset of another size");
    } else {
      Check.that(second.status() == first.status(), "refused first, then not");
    }
  }

  private static ApiResponse checked(ApiRequest request, ApiResponse answer)
      throws JsonProcessingException {
    Check.that(answer.status() < 500, "a client made the backend fail: " + answer.body());
    if (answer.status() >= 400) {
      JsonNode refusal = JSON.readTree(answer.body());
      String[] secrets = unknownTo(request);
      Check.message(refusal.get("message").asText(), secrets);
      Check.message(refusal.get("code").asText(), secrets);
    }
    return answer;
  }

  /** What the client has said itself may be told to it; fuzzers learn what they are checked for. */
  private static String[] unknownTo(ApiRequest request) {
    String said = Inputs.text(request.body());
    return Stream.of(SECRET, TOKEN).filter(secret -> !said.contains(secret)).toArray(String[]::new);
  }

  private static UploadHandlers handlers() {
    UploadGrantIssuer issuer =
        UploadGrantIssuer.builder(
                "videos",
                "eu-central-1",
                scope ->
                    new TemporaryCredentials(
                        "ASIA1", SECRET, "session", FuzzTime.NOW.plus(scope.validity())),
                TOKENS)
            .keys(KEYS)
            .limits(LIMITS)
            .clock(CLOCK)
            .build();
    return UploadHandlers.builder(
            issuer, AssetVerifier.of(new Bucket(), KEYS, LIMITS), AssetStore.inMemory())
        .clock(CLOCK)
        .build();
  }

  /** One object. */
  private static final class Bucket implements VideoBucket {
    @Override
    public String name() {
      return "videos";
    }

    @Override
    public Optional<StoredObject> find(String key) {
      return key.equals(KEY)
          ? Optional.of(new StoredObject(key, SIZE, "video/mp4", "d41d", null))
          : Optional.empty();
    }

    @Override
    public int abortOpenUploads(String key) {
      return 0;
    }
  }
}
