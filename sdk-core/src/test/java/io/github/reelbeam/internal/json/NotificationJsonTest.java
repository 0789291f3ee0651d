package io.github.reelbeam.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.UploadId;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoAsset.Checksum;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationJsonTest {
  private static String written(@Nullable Checksum checksum) {
    VideoAsset asset =
        new VideoAsset(
            new UploadId("u-1"),
            "videos",
            "in/1.mp4",
            "eu-central-1",
            42,
            "video/mp4",
            "abc-2",
            checksum,
            "holiday.mp4",
            Map.of("title", "Holiday"),
            true,
            "");
    return new String(NotificationJson.write(asset), UTF_8);
  }

  @Test
  void writesAllFields() {
    assertThat(written(new Checksum("CRC32", "FULL_OBJECT", "AAAAAA==")))
        .isEqualTo(
            "{\"uploadId\":\"u-1\",\"key\":\"in/1.mp4\",\"bucket\":\"videos\","
                + "\"region\":\"eu-central-1\",\"size\":42,\"contentType\":\"video/mp4\","
                + "\"eTag\":\"abc-2\",\"checksum\":{\"algorithm\":\"CRC32\","
                + "\"type\":\"FULL_OBJECT\",\"value\":\"AAAAAA==\"},"
                + "\"fileName\":\"holiday.mp4\",\"metadata\":{\"title\":\"Holiday\"},"
                + "\"confirmed\":true}");
  }

  @Test
  void leavesOutAChecksumThatThereIsNot() {
    assertThat(written(null)).doesNotContain("checksum");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`` | ``",
        "` \n` | ``",
        "`{\"id\": 7}` | `{\"id\": 7}`",
        "` [1] ` | `[1]`",
        "`\"x\"` | `\"x\"`",
        "`null` | `null`",
        "`\uFEFF{}` | `{}`"
      })
  void givesAnyJsonAsText(String body, String answer) throws Exception {
    assertThat(NotificationJson.answer(body.getBytes(UTF_8))).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OK", "<html></html>", "{", "{} x"})
  void refusesAnAnswerThatIsNotJson(String body) {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> NotificationJson.answer(body.getBytes(UTF_8)));
  }
}
