package io.github.reelbeam.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiJsonTest {

  private static AssetNotification notification(String json) {
    return ApiJson.parse(json.getBytes(UTF_8)).notification(null);
  }

  private static String refusalOf(byte[] body) {
    RequestRefusedException refused =
        catchThrowableOfType(
            RequestRefusedException.class, () -> ApiJson.parse(body).notification(null));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("invalid_request");
    return String.valueOf(refused.getMessage());
  }

  private static String refusalOf(String json) {
    return refusalOf(json.getBytes(UTF_8));
  }

  @Test
  void readsANotificationAsTheClientSendsIt() {
    assertThat(
            notification(
                """
                {"uploadId":"u-1","key":"uploads/1.mp4","bucket":"videos","region":"eu-central-1",
                 "size":5368709121,"contentType":"video/mp4","eTag":"abc-2",
                 "checksum":{"algorithm":"CRC32","type":"FULL_OBJECT","value":"AAAAAA=="},
                 "fileName":"Føto \\ud83c\\udfac.mp4","metadata":{"title":"At sea"},
                 "confirmed":false}
                """))
        .isEqualTo(
            new AssetNotification(
                "u-1",
                "uploads/1.mp4",
                "videos",
                "eu-central-1",
                5_368_709_121L,
                "video/mp4",
                "abc-2",
                new AssetChecksum("CRC32", "FULL_OBJECT", "AAAAAA=="),
                "Føto \uD83C\uDFAC.mp4",
                Map.of("title", "At sea"),
                false));
  }

  @Test
  void needsNoMoreThanIdKeyAndSize() {
    assertThat(notification("{\"uploadId\":\"u\",\"key\":\"k\",\"size\":1}"))
        .isEqualTo(
            new AssetNotification("u", "k", null, null, 1, null, null, null, null, Map.of(), true));
  }

  @Test
  void ignoresWhatItDoesNotKnow() {
    AssetNotification read =
        notification(
            "{\"uploadId\":\"u\",\"key\":\"k\",\"size\":1,\"codec\":{\"name\":[1,null,2.5e9]}}");
    assertThat(read.key()).isEqualTo("k");
  }

  static Stream<Arguments> notJson() {
    return Stream.of(
        Arguments.of("nothing", new byte[0]),
        Arguments.of("text", "hello".getBytes(UTF_8)),
        Arguments.of("an array", "[]".getBytes(UTF_8)),
        Arguments.of("null", "null".getBytes(UTF_8)),
        Arguments.of("two documents", "{} {}".getBytes(UTF_8)),
        Arguments.of("half of one", "{\"uploadId\":\"u\"".getBytes(UTF_8)),
        Arguments.of("UTF-16", "{\"uploadId\":\"u\"}".getBytes(UTF_16)),
        Arguments.of("Latin-1", "{\"uploadId\":\"\u00FC\"}".getBytes(ISO_8859_1)),
        Arguments.of("overlong UTF-8", "{\"uploadId\":\"\u00C0\u0080\"}".getBytes(ISO_8859_1)),
        Arguments.of("deep nesting", ("{\"a\":" + "[".repeat(30_000)).getBytes(UTF_8)),
        Arguments.of("a long number", ("{\"size\":" + "9".repeat(2000) + "}").getBytes(UTF_8)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notJson")
  void refusesWhatIsNoJsonObject(String name, byte[] body) {
    assertThat(refusalOf(body)).startsWith("the body is not ");
  }

  @Test
  void takesABodyOfTheGreatestLength() {
    String json = "{\"uploadId\":\"u\",\"key\":\"k\",\"size\":1}";
    String padded = json + " ".repeat(UploadHandlers.LARGEST_REQUEST - json.length());
    assertThat(notification(padded).key()).isEqualTo("k");
  }

  @Test
  void refusesABodyThatIsTooLong() {
    byte[] body = new byte[UploadHandlers.LARGEST_REQUEST + 1];
    RequestRefusedException refused =
        catchThrowableOfType(RequestRefusedException.class, () -> ApiJson.parse(body));
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.code()).isEqualTo("too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"uploadId", "key", "size", "checksum", "unknown"})
  void namesAFieldThatIsThereTwice(String field) {
    String json =
        "{\"uploadId\":\"u\",\"key\":\"k\",\"size\":1,\"checksum\":{},\"unknown\":0,\"%s\":{}}";
    assertThat(refusalOf(json.formatted(field))).isEqualTo(field + " is there twice");
  }

  @Test
  void doesNotShowANameThatMayBeAnything() {
    assertThat(refusalOf("{\"<b>\":1,\"<b>\":2}"))
        .isEqualTo("the body is not JSON, or has a field twice");
  }

  @Test
  void refusesAFieldThatIsThereTwiceFurtherDown() {
    assertThat(refusalOf("{\"metadata\":{\"title\":\"a\",\"title\":\"b\"}}"))
        .isEqualTo("title is there twice");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"uploadId\":7`,                       uploadId is not a string",
        "`\"uploadId\":null`,                    uploadId is missing or empty",
        "`\"uploadId\":\"\"`,                    uploadId is missing or empty",
        "`\"uploadId\":\"a b\"`,                 uploadId is not 1 to 128 visible ASCII characters",
        "`\"uploadId\":\"\\u00fc\"`,             uploadId is not 1 to 128 visible ASCII characters",
        "`\"key\":{}`,                           key is not a string",
        "`\"key\":\"  \"`,                       key is missing or empty",
        "`\"bucket\":[]`,                        bucket is not a string",
        "`\"region\":true`,                      region is not a string",
        "`\"size\":null`,                        size is not a number of bytes above 0",
        "`\"size\":0`,                           size is not a number of bytes above 0",
        "`\"size\":-1`,                          size is not a number of bytes above 0",
        "`\"size\":1.0`,                         size is not a number of bytes above 0",
        "`\"size\":\"1\"`,                       size is not a number of bytes above 0",
        "`\"size\":1e9999`,                      size is not a number of bytes above 0",
        "`\"size\":9223372036854775808`,         size is not a number of bytes above 0",
        "`\"size\":18446744073709551617`,        size is not a number of bytes above 0",
        "`\"contentType\":1`,                    contentType is not a string",
        "`\"eTag\":1`,                           eTag is not a string",
        "`\"fileName\":\"a\\u0000.mp4\"`,        fileName has characters that no text may have",
        "`\"fileName\":\"\\ud800.mp4\"`,         fileName has characters that no text may have",
        "`\"checksum\":\"CRC32\"`,               checksum is not an object",
        "`\"checksum\":{}`,                      checksum.algorithm is not a string",
        "`\"metadata\":[]`,                      metadata is not an object",
        "`\"metadata\":{\"title\":1}`,           metadata.title is not a string",
        "`\"metadata\":{\"\\n\":1}`,             a value of metadata is not a string",
        "`\"metadata\":{\"\\u0000\":\"\"}`,      a name in metadata is no text",
        "`\"confirmed\":\"false\"`,              confirmed is neither true nor false",
        "`\"confirmed\":0`,                      confirmed is neither true nor false",
      })
  void namesTheFieldThatIsWrong(String field, String message) {
    Map<String, String> fields =
        new LinkedHashMap<>(
            Map.of("uploadId", "\"uploadId\":\"u\"", "key", "\"key\":\"k\"", "size", "\"size\":1"));
    fields.put(field.substring(1, field.indexOf('"', 1)), field);
    assertThat(refusalOf("{" + String.join(",", fields.values()) + "}")).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({"128, ''", "129, uploadId is not 1 to 128 visible ASCII characters"})
  void boundsTheUploadId(int length, String message) {
    String json = "{\"uploadId\":\"%s\",\"key\":\"k\",\"size\":1}".formatted("u".repeat(length));
    if (message.isEmpty()) {
      assertThat(notification(json).uploadId()).hasSize(length);
    } else {
      assertThat(refusalOf(json)).isEqualTo(message);
    }
  }

  @Test
  void boundsTheRest() {
    String json = "{\"uploadId\":\"u\",\"key\":\"%s\",\"size\":1}";
    assertThat(notification(json.formatted("k".repeat(1024))).key()).hasSize(1024);
    assertThat(refusalOf(json.formatted("k".repeat(1025))))
        .isEqualTo("key is longer than 1,024 characters");
  }

  @ParameterizedTest
  @CsvSource({"u-1, true", "u-2, false", "'', false"})
  void theHeaderIsTheIdOfTheUpload(@Nullable String header, boolean accepted) {
    ApiJson json = ApiJson.parse("{\"uploadId\":\"u-1\",\"key\":\"k\",\"size\":1}".getBytes(UTF_8));
    if (accepted) {
      assertThat(json.notification(header).uploadId()).isEqualTo(header);
    } else {
      assertThatThrownBy(() -> json.notification(header))
          .isInstanceOf(RequestRefusedException.class)
          .hasMessage("uploadId and the header Idempotency-Key differ");
    }
  }
}
