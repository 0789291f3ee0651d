package io.github.reelbeam.credentials;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.credentials.CredentialsFetcher.Renewal;
import io.github.reelbeam.credentials.CredentialsFetcher.Request;
import io.github.reelbeam.fuzz.Check;
import io.github.reelbeam.fuzz.FuzzTime;
import io.github.reelbeam.fuzz.Inputs;
import io.github.reelbeam.fuzz.SameThread;
import io.github.reelbeam.fuzz.ScriptedNetwork;
import io.github.reelbeam.internal.pipeline.GrantUse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;

/**
 * The backend's answers to a request for a grant and for its renewal. An input is one HTTP answer
 * or several.
 */
public final class GrantFuzzer {
  private static final String TOKEN = "authorization-of-the-user";
  private static final ScriptedNetwork NETWORK = new ScriptedNetwork();
  private static final OkHttpClient CLIENT = NETWORK.client(new SameThread());
  private static final int MAX_KEY_BYTES = 1024;

  private static final Pattern SECRET =
      Pattern.compile("\"(?:SecretAccessKey|SessionToken|renewalToken)\" *: *\"([^\"\\\\]{12,})\"");

  private GrantFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) throws InterruptedException {
    List<byte[]> answers = Inputs.documents(input, 4);
    String[] secrets = secrets(Inputs.text(input));
    try (ScriptedNetwork.Script backend = NETWORK.script(answers)) {
      CredentialsFetcher fetcher =
          HttpCredentialsFetcher.builder(backend.uri())
              .authorization(() -> "Bearer " + TOKEN)
              .httpClient(CLIENT)
              .retryPolicy(RetryPolicy.builder().maxAttempts(2).build())
              .timing(FuzzTime.timing())
              .build();
      UploadGrant grant =
          fetcher.issue(new Request("holiday.mp4", "video/mp4", 1 << 20, Map.of("title", "x")));
      check(grant, secrets);
      UploadGrant renewed =
          fetcher.renew(new Renewal(grant.bucket(), grant.key(), grant.renewalToken().orElse("")));
      check(renewed, secrets);
      Check.that(
          renewed.key().equals(grant.key()) && renewed.bucket().equals(grant.bucket()),
          "renewed for another object");
    } catch (GrantException refused) {
      Check.failure(refused, secrets);
      Check.message(refused.requestId().orElse(null), secrets);
      Check.message(refused.code().orElse(null), secrets);
    }
  }

  private static void check(UploadGrant grant, String... secrets) {
    Check.noSecret(grant.toString(), secrets);
    Check.noSecret(grant.credentials().toString(), secrets);
    Check.that(
        !grant.validFor().isNegative() && !grant.validFor().isZero(), "a grant that has expired");
    Check.that(
        grant.key().getBytes(StandardCharsets.UTF_8).length <= MAX_KEY_BYTES
            && !grant.key().isBlank()
            && !grant.key().startsWith("/")
            && !("/" + grant.key() + "/").contains("/../")
            && !("/" + grant.key() + "/").contains("/./"),
        "a key that cannot be sent as it is: " + grant.key());
    Check.that(!grant.bucket().contains("/"), "a bucket with a slash");
    GrantUse.use(grant, secrets);
  }

  /** Those that are there once: what is a key too may be shown as a key. */
  private static String[] secrets(String input) {
    List<String> secrets = new ArrayList<>();
    if (!input.contains(TOKEN)) {
      secrets.add(TOKEN);
    }
    Matcher secret = SECRET.matcher(input);
    while (secret.find()) {
      String value = secret.group(1);
      if (input.indexOf(value) == input.lastIndexOf(value)) {
        secrets.add(value);
      }
    }
    return secrets.toArray(new String[0]);
  }
}
