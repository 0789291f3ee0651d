package io.github.reelbeam.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.backend.MadeKeys;
import io.github.reelbeam.credentials.CredentialsFetcher.Request;
import io.github.reelbeam.credentials.KeyUse;
import io.github.reelbeam.fuzz.StoreUnderFuzz.Outcome;
import io.github.reelbeam.internal.json.GrantJson;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names that people give: an input is a key, a file name, the name and the value of one entry of
 * metadata, and a media type. The object is stored, and what the store receives is compared with
 * what was asked for, byte for byte.
 */
public final class NamesFuzzer {
  private static final byte[] STORED =
      "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final String BUCKET = "videos";
  private static final VideoSource SOURCE = StoreUnderFuzz.zeros(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Half a character cannot be written in UTF-8, but in JSON it can. */
  private static final Pattern HALF = Pattern.compile("\\\\u([dD][89a-fA-F][0-9a-fA-F]{2})");

  /** All that a PUT of one object has, besides its metadata. */
  private static final Set<String> HEADERS =
      Set.of(
          "accept-encoding",
          "amz-sdk-invocation-id",
          "amz-sdk-request",
          "authorization",
          "connection",
          "content-length",
          "content-type",
          "host",
          "user-agent",
          "x-amz-checksum-crc32",
          "x-amz-content-sha256",
          "x-amz-date",
          "x-amz-sdk-checksum-algorithm",
          "x-amz-security-token");

  private NamesFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
    List<byte[]> documents = Inputs.documents(input, 5);
    String key = text(documents, 0);
    UploadRequest request =
        request(text(documents, 1), text(documents, 2), text(documents, 3), text(documents, 4));
    asked(request);
    MadeKeys.madeFor(request.fileName());
    MadeKeys.given(key);
    if (KeyUse.isTaken(BUCKET, key)) {
      stored(key, request);
    }
  }

  private static String text(List<byte[]> documents, int index) {
    String text = index < documents.size() ? Inputs.text(documents.get(index)) : "";
    return HALF.matcher(text)
        .replaceAll(half -> Character.toString((char) Integer.parseInt(half.group(1), 16)));
  }

  /** What the request does not take is left out. */
  private static UploadRequest request(String fileName, String name, String value, String type) {
    UploadRequest.Builder request = UploadRequest.builder(SOURCE);
    List<Runnable> settings =
        List.of(
            () -> request.fileName(fileName),
            () -> request.metadata(name, value),
            () -> request.contentType(type));
    for (Runnable setting : settings) {
      try {
        setting.run();
      } catch (IllegalArgumentException e) {
        Check.that(e.getMessage() != null, "refused without a word");
      }
    }
    return request.build();
  }

  /** The backend reads the very names that were given. */
  private static void asked(UploadRequest request) throws IOException {
    byte[] json =
        GrantJson.issueRequest(
            new Request(
                request.fileName(), request.contentType().orElse("a/b"), 10, request.metadata()));
    JsonNode document = JSON.readTree(json);
    Check.that(
        document.get("fileName").asText().equals(whole(request.fileName())),
        "the backend reads another name: " + document);
    request
        .metadata()
        .forEach(
            (name, value) ->
                Check.that(
                    document.get("metadata").get(name).asText().equals(value),
                    "the backend reads other metadata: " + document));
  }

  /** As UTF-8 has it: a question mark for half a character. */
  private static String whole(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static void stored(String key, UploadRequest request)
      throws IOException, InterruptedException {
    Check.that(whole(key).equals(key), "the object would have another key than '" + key + "'");
    String type = request.contentType().orElse("video/mp4");
    try (ScriptedNetwork.Script store = StoreUnderFuzz.network().script(List.of(STORED))) {
      Outcome outcome =
          StoreUnderFuzz.run(
              store,
              SOURCE,
              StoreUnderFuzz.target(store, BUCKET, key),
              new ObjectProperties(type, request.metadata(), null, null),
              null,
              true);
      Check.that(
          outcome.stored() != null && store.connections() == 1,
          "a grant for '" + key + "' is taken, but nothing is stored: " + outcome.failure());
      SentRequest sent = SentRequest.read(store.lastRequest());
      Check.that(
          sent.method().equals("PUT") && sent.target().equals("/" + BUCKET + "/" + encoded(key)),
          "'" + key + "' is sent as " + sent.target());
      sent.checkSignature(StoreUnderFuzz.SECRET_KEY);
      headers(sent, type, request.metadata());
    }
  }

  /** Nothing breaks out of its line, and nothing is added. */
  private static void headers(SentRequest sent, String type, Map<String, String> metadata) {
    for (String name : sent.headers().keySet()) {
      boolean wanted =
          name.startsWith("x-amz-meta-")
              ? metadata.containsKey(name.substring("x-amz-meta-".length()))
              : HEADERS.contains(name);
      Check.that(wanted, "a header that nobody asked for: " + name);
    }
    Check.that(type.trim().equals(sent.headers().get("content-type")), "another type than " + type);
    metadata.forEach(
        (name, value) ->
            Check.that(
                value.equals(sent.headers().get("x-amz-meta-" + name)),
                "metadata '" + name + "' arrive as " + sent.headers()));
  }

  /** RFC 3986, by hand: all but letters, digits and {@code -._~/} in percents. */
  private static String encoded(String key) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (plain || "-._~/".indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append("%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }
}
