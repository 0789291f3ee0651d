package io.github.reelbeam.examples.conformance;

import io.github.reelbeam.examples.conformance.FaultyBackend.Call;
import io.github.reelbeam.examples.conformance.FaultyBackend.Fault;
import io.github.reelbeam.examples.conformance.FaultyBackend.Reply;
import io.github.reelbeam.examples.conformance.FaultyBackend.Sound;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.TemporaryKeys;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Puts the client's file name into the key. The sound backend behind would not know such a key:
 * here it has another name, and the object is copied to where it looks.
 */
final class NamedKeys implements Fault {
  private final EmbeddedS3 s3;
  private final Map<String, String> soundKeys = new ConcurrentHashMap<>();

  NamedKeys(EmbeddedS3 s3) {
    this.s3 = s3;
  }

  @Override
  public Reply reply(Call call, Sound sound) throws IOException {
    if (call.isGrant()) {
      Reply reply = sound.reply(call);
      return reply.isSuccess() ? named(call, reply) : reply;
    }
    String key = Faults.key(call);
    String soundKey = soundKeys.get(key);
    if (soundKey == null) {
      return sound.reply(call);
    }
    Call translated = call.with(json -> json.put("key", soundKey));
    if (!call.isNotification()) {
      Reply reply = sound.reply(translated);
      return reply.isSuccess() ? forKey(reply, key) : reply;
    }
    copy(key, soundKey);
    String stored = s3.find(key).map(object -> object.eTag()).orElse("").replace("\"", "");
    return call.json().path("eTag").asText().replace("\"", "").equals(stored)
        ? sound.reply(translated.with(json -> json.put("eTag", "")))
        : sound.reply(translated);
  }

  private Reply named(Call call, Reply reply) {
    String soundKey = reply.json().path("key").asText();
    String key = soundKey + "-" + call.json().path("fileName").asText();
    soundKeys.put(key, soundKey);
    return forKey(reply, key);
  }

  private Reply forKey(Reply reply, String key) {
    TemporaryKeys keys = s3.issue(key, Duration.ofHours(1));
    return Faults.credentials(keys).apply(reply).with(json -> json.put("key", key));
  }

  private synchronized void copy(String from, String to) throws IOException {
    if (s3.find(from).isEmpty() || s3.find(to).isPresent()) {
      return;
    }
    TemporaryKeys owner = s3.ownerKeys();
    try (InputStream bytes = s3.open(from);
        S3Client client =
            S3Client.builder()
                .endpointOverride(s3.endpoint())
                .forcePathStyle(true)
                .region(Region.of(s3.region()))
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsSessionCredentials.create(
                            owner.accessKeyId(), owner.secretAccessKey(), owner.sessionToken())))
                .build()) {
      String type = s3.find(from).orElseThrow().contentType();
      client.putObject(
          r -> r.bucket(s3.bucket()).key(to).contentType(type),
          RequestBody.fromBytes(bytes.readAllBytes()));
    }
  }
}
