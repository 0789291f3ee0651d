package io.github.reelbeam.notify;

import io.github.reelbeam.NotificationException;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.fuzz.Check;
import io.github.reelbeam.fuzz.FuzzTime;
import io.github.reelbeam.fuzz.Inputs;
import io.github.reelbeam.fuzz.SameThread;
import io.github.reelbeam.fuzz.ScriptedNetwork;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import okhttp3.OkHttpClient;

/**
 * The backend's answers to a notification: what it says of errors, dates, hints when to come back,
 * redirects. An input is one HTTP answer or several; {@code $TOKEN} in it stands for the user's
 * token, for a backend that repeats to us what it should not.
 */
public final class NotificationFuzzer {
  /** Longer than what is kept of an error's code and message. */
  private static final String TOKEN = token(600);

  /** What is left of the token if it is cut before it is taken out. */
  private static final String PIECE = TOKEN.substring(0, 16);

  private static final ScriptedNetwork NETWORK = new ScriptedNetwork();
  private static final OkHttpClient CLIENT = NETWORK.client(new SameThread());
  private static final VideoAsset ASSET =
      new VideoAsset(
          new UploadId("0b5e6d52"),
          "videos",
          "uploads/0b5e6d52.mp4",
          "eu-central-1",
          1 << 20,
          "video/mp4",
          "d41d8cd98f00b204e9800998ecf8427e-2",
          null,
          "holiday.mp4",
          Map.of("title", "Holiday"),
          true,
          "");

  private NotificationFuzzer() {}

  private static String token(int length) {
    String letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    Random random = new Random(length);
    StringBuilder token = new StringBuilder();
    while (token.length() < length) {
      token.append(letters.charAt(random.nextInt(letters.length())));
    }
    return token.toString();
  }

  public static void fuzzerTestOneInput(byte[] input) throws InterruptedException {
    if (Inputs.text(input).contains(PIECE)) {
      return; // the fuzzer has seen it in a comparison: that is no backend that repeats it
    }
    List<byte[]> answers =
        Inputs.documents(input, 4).stream()
            .map(answer -> Inputs.replace(answer, "$TOKEN", TOKEN))
            .toList();
    try (ScriptedNetwork.Script backend = NETWORK.script(answers)) {
      AssetNotifier notifier =
          HttpAssetNotifier.builder(URI.create(backend.uri() + "/base?tenant=1"))
              .authorization(() -> "Bearer " + TOKEN)
              .httpClient(CLIENT)
              .retryPolicy(RetryPolicy.builder().maxAttempts(3).build())
              .timing(FuzzTime.timing())
              .build();
      String answer = notifier.notify(ASSET);
      Check.that(answer.length() <= 1 << 20, "an answer of " + answer.length());
    } catch (NotificationException refused) {
      Check.failure(refused, PIECE);
      Check.message(refused.requestId().orElse(null), PIECE);
      Check.message(refused.code().orElse(null), PIECE);
      Check.that(refused.asset().key().equals(ASSET.key()), "the asset is lost");
    }
  }
}
