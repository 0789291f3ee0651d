package io.github.reelbeam.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.credentials.UploadGrant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The conversation with one backend: how to ask it, and what the checks have got so far. */
final class Talk implements AutoCloseable {
  private static final List<String> SECRET_FIELDS =
      List.of("SecretAccessKey", "SessionToken", "renewalToken");

  // a name that nothing else can have by chance
  private final String stem = "reelbeam-check-" + UUID.randomUUID();
  private final Target target;
  private final Wire wire;
  private final long size;
  private final Secrets secrets = new Secrets();
  private final Set<String> keys = new HashSet<>();
  private final List<String> leftBehind = new ArrayList<>();

  /** The first grant, and what is uploaded in parts with it and told. */
  final Given<Answer> grantAnswer = new Given<>("grant.status");

  final Given<GrantFields> grantFields = new Given<>("grant.json");
  final Given<UploadGrant> grant = new Given<>("grant.fields");
  final Given<VideoAsset> inParts = new Given<>("upload.parts");
  final Given<Answer> told = new Given<>("notification.status");

  /** Uploaded as a whole with a grant of its own. */
  final Given<VideoAsset> whole = new Given<>("upload.single");

  /** Whether it can still be told for the first time. */
  final Given<Boolean> wholeIsUntold = new Given<>("notification.size");

  final Given<Answer> renewalAnswer = new Given<>("renewal.status");
  final Given<UploadGrant> renewed = new Given<>("renewal.fields");

  Talk(Target target) {
    this.target = target;
    this.wire = new Wire(target.base(), target.timeout());
    secrets.add(target.token());
    secrets.add(target.otherToken());
    try {
      this.size = Files.size(target.video());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Target target() {
    return target;
  }

  Wire wire() {
    return wire;
  }

  Secrets secrets() {
    return secrets;
  }

  List<String> leftBehind() {
    return List.copyOf(leftBehind);
  }

  void leave(String sentence) {
    leftBehind.add(sentence);
  }

  /** The file name that the backend is told, without its extension. */
  String stem() {
    return stem;
  }

  String fileName() {
    return stem + ".mp4";
  }

  /** What a client says of the video; may be spoilt. */
  ObjectNode video() {
    return Bodies.grant(fileName(), target.contentType(), size);
  }

  Answer askForGrant(String body, String what) throws NoAnswerException, InterruptedException {
    return post(target.paths().uploads(), body, what, target.token(), Map.of());
  }

  Answer renew(String key, @Nullable String token, String what)
      throws NoAnswerException, InterruptedException {
    return renewAs(target.token(), key, token, what);
  }

  Answer renewAs(@Nullable String bearer, String key, @Nullable String token, String what)
      throws NoAnswerException, InterruptedException {
    secrets.add(token);
    String body = Bodies.renewal(key, token).toString();
    return post(target.paths().renewals(), body, what, bearer, Map.of());
  }

  Answer tell(ObjectNode notification, String what) throws NoAnswerException, InterruptedException {
    return tellAs(target.token(), notification, what);
  }

  Answer tellAs(@Nullable String bearer, ObjectNode notification, String what)
      throws NoAnswerException, InterruptedException {
    Map<String, String> headers = Map.of("Idempotency-Key", notification.path("uploadId").asText());
    return post(target.paths().video(), notification.toString(), what, bearer, headers);
  }

  Answer post(
      String path, String body, String what, @Nullable String bearer, Map<String, String> headers)
      throws NoAnswerException, InterruptedException {
    Map<String, String> all = authorized(bearer);
    all.putAll(headers);
    Answer answer = wire.post(path, body, what, all);
    answer.json().ifPresent(this::rememberSecrets);
    return answer;
  }

  Map<String, String> authorized(@Nullable String bearer) {
    Map<String, String> headers = new HashMap<>();
    if (bearer != null) {
      headers.put("Authorization", "Bearer " + bearer);
    }
    return headers;
  }

  private void rememberSecrets(JsonNode answer) {
    for (String field : SECRET_FIELDS) {
      answer.findValues(field).forEach(value -> secrets.add(value.asText()));
    }
  }

  /** Notes the key of a grant; false if an earlier grant had the same. */
  boolean isNewKey(String key) {
    return keys.add(key);
  }

  /** A further grant, to a key of its own, under which nothing is stored. */
  UploadGrant furtherGrant() throws NoAnswerException, InterruptedException {
    grant.get();
    Answer answer = askForGrant(video().toString(), "");
    GrantFields fields =
        answer
            .json()
            .filter(json -> answer.isSuccess())
            .map(json -> new GrantFields(json, answer.date()))
            .filter(read -> read.problems().isEmpty())
            .orElseThrow(
                () -> new NotGivenException("needs a further grant; came " + answer.status()));
    if (!isNewKey(fields.grant().key())) {
      throw NotGivenException.by("grant.unique");
    }
    return fields.grant();
  }

  @Override
  public void close() {
    wire.close();
  }
}
