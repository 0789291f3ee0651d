package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadLimitsTest {
  private static final UploadLimits LIMITS = UploadLimits.upTo(1000);

  @ParameterizedTest
  @CsvSource({
    "1, video/mp4",
    "1000, video/mp4",
    "10, VIDEO/MP4",
    "10, video/x-matroska",
    "10, 'video/mp4; codecs=\"avc1.42E01E\"'",
    "10, ' video/mp4 '",
  })
  void takesVideosWithinTheSize(long size, String type) {
    assertThatCode(() -> LIMITS.check(size, type)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "0, video/mp4, 400, invalid_request",
    "-1, video/mp4, 400, invalid_request",
    "1001, video/mp4, 413, too_large",
    "9223372036854775807, video/mp4, 413, too_large",
    "10, text/html, 415, content_type_not_allowed",
    "10, image/png, 415, content_type_not_allowed",
    "10, video, 415, content_type_not_allowed",
    "10, video/, 415, content_type_not_allowed",
    "10, video/*, 415, content_type_not_allowed",
    "10, videox/mp4, 415, content_type_not_allowed",
    "10, 'text/html;video/mp4', 415, content_type_not_allowed",
    "10, 'video/mp4,text/html', 415, content_type_not_allowed",
    "10, 'video/m p4', 415, content_type_not_allowed",
    "10, '', 415, content_type_not_allowed",
    "10, , 415, content_type_not_allowed",
  })
  void refusesTheRest(long size, @Nullable String type, int status, String code) {
    assertRefused(() -> LIMITS.check(size, type), status, code);
  }

  @Test
  void refusesContentTypesOfAnyLength() {
    String start = "video/mp4; x=";
    String longest = start + "x".repeat(255 - start.length());
    assertThatCode(() -> LIMITS.check(10, longest)).doesNotThrowAnyException();
    assertRefused(() -> LIMITS.check(10, longest + "x"), 415, "content_type_not_allowed");
  }

  @ParameterizedTest
  @CsvSource({
    "video/mp4, true",
    "video/quicktime, false",
    "audio/ogg, true",
    "audio/mpeg, true",
  })
  void takesTheTypesThatAreNamed(String type, boolean taken) {
    UploadLimits limits = LIMITS.contentTypes(List.of("Video/MP4", "audio/*"));
    if (taken) {
      assertThatCode(() -> limits.check(10, type)).doesNotThrowAnyException();
    } else {
      assertRefused(() -> limits.check(10, type), 415, "content_type_not_allowed");
    }
  }

  @Test
  void boundsTheFileName() {
    assertThatCode(() -> LIMITS.check(video("x".repeat(1024), Map.of())))
        .doesNotThrowAnyException();
    assertRefused(() -> LIMITS.check(video("x".repeat(1025), Map.of())), 400, "invalid_request");
  }

  @Test
  void boundsTheMetadataInBytes() {
    assertThatCode(() -> LIMITS.check(video("a.mp4", Map.of("title", "x".repeat(2043)))))
        .doesNotThrowAnyException();
    assertRefused(
        () -> LIMITS.check(video("a.mp4", Map.of("title", "x".repeat(2044)))),
        400,
        "invalid_request");
    assertRefused(
        () -> LIMITS.check(video("a.mp4", Map.of("title", "ü".repeat(1022)))),
        400,
        "invalid_request");
  }

  @Test
  void countsAllEntriesOfTheMetadata() {
    Map<String, String> many = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      many.put("key" + i, "");
    }
    assertRefused(() -> LIMITS.check(video("a.mp4", many)), 400, "invalid_request");
  }

  @Test
  void checksSizeAndTypeOfADescriptionToo() {
    assertRefused(
        () -> LIMITS.check(new VideoDescription("a.mp4", "video/mp4", 1001, Map.of())),
        413,
        "too_large");
  }

  @Test
  void goesDownToASingleByte() {
    assertThatCode(() -> UploadLimits.upTo(1).check(1, "video/mp4")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 10_000L * (5L << 30) + 1})
  void refusesSizesThatS3DoesNotHave(long largest) {
    assertThatIllegalArgumentException().isThrownBy(() -> UploadLimits.upTo(largest));
  }

  @Test
  void goesUpToTheLargestObjectOfS3() {
    assertThatCode(
            () ->
                UploadLimits.upTo(UploadLimits.LARGEST_OBJECT)
                    .check(53_687_091_200_000L, "video/mp4"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "video", "*/*", "video/*/x", "video/mp4; codecs=x", "video /mp4"})
  void refusesTypesThatAreNone(String type) {
    assertThatIllegalArgumentException().isThrownBy(() -> LIMITS.contentTypes(List.of(type)));
  }

  @Test
  void refusesToAllowNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> LIMITS.contentTypes(List.of()));
  }

  @Test
  void showsWhatIsTaken() {
    assertThat(LIMITS).hasToString("UploadLimits[largest=1000, contentTypes=[video/*]]");
  }

  private static VideoDescription video(String fileName, Map<String, String> metadata) {
    return new VideoDescription(fileName, "video/mp4", 10, metadata);
  }

  private static void assertRefused(Runnable check, int status, String code) {
    RequestRefusedException refusal =
        catchThrowableOfType(RequestRefusedException.class, check::run);
    assertThat(refusal).isNotNull();
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.code()).isEqualTo(code);
  }
}
