package io.github.reelbeam.examples.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.reelbeam.examples.conformance.FaultyBackend.Call;
import io.github.reelbeam.examples.conformance.FaultyBackend.Fault;
import io.github.reelbeam.examples.conformance.FaultyBackend.Reply;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.TemporaryKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Ways to get the contract wrong, one at a time. */
final class Faults {
  static final String ADA = "secret-of-ada";
  static final String BOB = "secret-of-bob";

  private Faults() {}

  /** Every successful answer to a grant is changed. */
  static Fault grants(UnaryOperator<Reply> change) {
    return answers(Call::isGrant, change);
  }

  static Fault renewals(UnaryOperator<Reply> change) {
    return answers(Call::isRenewal, change);
  }

  static Fault notifications(UnaryOperator<Reply> change) {
    return answers(Call::isNotification, change);
  }

  private static Fault answers(Predicate<Call> which, UnaryOperator<Reply> change) {
    return (call, sound) -> {
      Reply reply = sound.reply(call);
      return which.test(call) && reply.isSuccess() ? change.apply(reply) : reply;
    };
  }

  /** Some requests reach the sound backend as other ones. */
  static Fault requests(Predicate<Call> which, UnaryOperator<Call> change) {
    return (call, sound) -> sound.reply(which.test(call) ? change.apply(call) : call);
  }

  /** Some requests get an answer of their own and do not reach the sound backend. */
  static Fault instead(Predicate<Call> which, Reply reply) {
    return (call, sound) -> which.test(call) ? reply : sound.reply(call);
  }

  static Predicate<Call> grantThat(Predicate<Call> is) {
    return call -> call.isGrant() && is.test(call);
  }

  /** Some refusals of the sound backend get another form. */
  static Fault refusals(Predicate<Call> of, String code, UnaryOperator<Reply> change) {
    return (call, sound) -> {
      Reply reply = sound.reply(call);
      return of.test(call) && reply.code().equals(code) ? change.apply(reply) : reply;
    };
  }

  static UnaryOperator<Reply> credentials(Consumer<ObjectNode> change) {
    return reply -> reply.with(json -> change.accept((ObjectNode) json.get("credentials")));
  }

  static UnaryOperator<Reply> expiration(Duration validFor) {
    return credentials(
        fields ->
            fields.put(
                "Expiration",
                Instant.now().plus(validFor).truncatedTo(ChronoUnit.SECONDS).toString()));
  }

  /** Two hours ahead of UTC. */
  static UnaryOperator<Reply> expirationInLocalTime(String offset) {
    DateTimeFormatter seconds = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    return credentials(
        fields ->
            fields.put(
                "Expiration",
                seconds.format(LocalDateTime.now(ZoneOffset.ofHours(2)).plusHours(1)) + offset));
  }

  static UnaryOperator<Reply> credentials(TemporaryKeys keys) {
    return credentials(
        fields ->
            fields
                .put("AccessKeyId", keys.accessKeyId())
                .put("SecretAccessKey", keys.secretAccessKey())
                .put("SessionToken", keys.sessionToken()));
  }

  /** One grant for all. */
  static Fault theFirstGrantForAll() {
    Map<String, Reply> first = new ConcurrentHashMap<>();
    return grants(
        reply -> {
          Reply known = first.putIfAbsent("grant", reply);
          return known == null ? reply : known;
        });
  }

  /** Renewals give back what the grant gave. */
  static Fault renewalsFromACache() {
    Map<String, Reply> grants = new ConcurrentHashMap<>();
    return (call, sound) -> {
      Reply reply = sound.reply(call);
      if (call.isGrant() && reply.isSuccess()) {
        grants.put(reply.json().path("key").asText(), reply);
      }
      return call.isRenewal() && reply.isSuccess()
          ? grants.getOrDefault(call.json().path("key").asText(), reply).status(200)
          : reply;
    };
  }

  /** Whether a token is good enough, although it is not the one of the key. */
  @FunctionalInterface
  interface Lenience {
    boolean accepts(String token, String right, Collection<String> allRight);
  }

  /** Takes some tokens for the right one. */
  static Fault lenientWithTokens(Lenience lenience) {
    Map<String, String> tokens = new ConcurrentHashMap<>();
    return (call, sound) -> {
      Call forwarded = call;
      if (call.isRenewal()) {
        String right = tokens.get(call.json().path("key").asText());
        String token = call.json().path("renewalToken").asText("");
        if (right != null && lenience.accepts(token, right, tokens.values())) {
          forwarded = call.with(json -> json.put("renewalToken", right));
        }
      }
      Reply reply = sound.reply(forwarded);
      if (call.isGrant() && reply.isSuccess()) {
        tokens.put(reply.json().path("key").asText(), reply.json().path("renewalToken").asText());
      }
      return reply;
    };
  }

  /** No fault: remembers whom it granted what, and so needs no tokens. */
  static Fault withoutTokens() {
    Map<String, String> tokens = new ConcurrentHashMap<>();
    return (call, sound) -> {
      String known = tokens.get(key(call));
      Reply reply =
          sound.reply(
              call.isRenewal() && known != null
                  ? call.with(json -> json.put("renewalToken", known))
                  : call);
      if (!reply.json().has("renewalToken")) {
        return reply;
      }
      tokens.put(reply.json().path("key").asText(), reply.json().path("renewalToken").asText());
      return reply.with(json -> json.remove("renewalToken"));
    };
  }

  /** Believes the size that it is told. */
  static Fault sizesNotCompared(EmbeddedS3 s3) {
    return requests(
        call -> call.isNotification() && s3.find(key(call)).isPresent(),
        call -> call.with(json -> json.put("size", s3.find(key(call)).orElseThrow().size())));
  }

  static String key(Call call) {
    return call.json().path("key").asText();
  }

  /** The second notification of an upload is an error. */
  static Fault repetitionsRefused() {
    Set<String> known = ConcurrentHashMap.newKeySet();
    return notifications(
        reply ->
            known.add(reply.json().path("assetId").asText())
                ? reply
                : Reply.refusal(409, "already_registered"));
  }

  static UnaryOperator<Reply> anotherAsset() {
    return reply -> reply.with(json -> json.put("assetId", UUID.randomUUID().toString()));
  }

  static UnaryOperator<Reply> anotherTime() {
    return reply -> reply.with(json -> json.put("servedAt", System.nanoTime()));
  }

  /** Takes what is in conflict: with an upload id that is known, or with one that is not. */
  static Fault conflictsTaken(boolean ofKnownIds) {
    Set<String> known = ConcurrentHashMap.newKeySet();
    return (call, sound) -> {
      Reply reply = sound.reply(call);
      String id = call.json().path("uploadId").asText();
      if (call.isNotification() && reply.isSuccess()) {
        known.add(id);
      }
      return reply.code().equals("upload_conflict") && known.contains(id) == ofKnownIds
          ? Reply.of(200, "{}")
          : reply;
    };
  }

  /** One of several notifications at once meets a backend that is busy. */
  static Fault busyOnce() {
    Map<String, Integer> told = new ConcurrentHashMap<>();
    return (call, sound) -> {
      String upload = call.json().path("uploadId").asText() + key(call);
      boolean counts = call.isNotification() && call.isAs(ADA);
      // of each upload that is told of at once, two spoilt notifications come before
      return counts && told.merge(upload, 1, Integer::sum) == 3
          ? Reply.refusal(503, "unavailable")
          : sound.reply(call);
    };
  }

  static Fault hangsUp() {
    return (call, sound) -> {
      throw new IOException("hangs up");
    };
  }
}
