package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class StoredChecksumTest {

  static Stream<Arguments> heads() {
    HeadObjectResponse.Builder head = HeadObjectResponse.builder().checksumType("FULL_OBJECT");
    return Stream.of(
        Arguments.of(head.build(), null),
        Arguments.of(head.checksumMD5("m").build(), "MD5"),
        Arguments.of(head.checksumSHA256("s").build(), "SHA256"),
        Arguments.of(head.checksumCRC32C("c").build(), "CRC32C"),
        Arguments.of(head.checksumCRC32("").build(), "CRC32C"),
        Arguments.of(head.checksumCRC32("a").build(), "CRC32"));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void theFirstOfSeveralCounts(HeadObjectResponse head, @Nullable String algorithm) {
    assertThat(StoredChecksum.of(head).map(AssetChecksum::algorithm).orElse(null))
        .isEqualTo(algorithm);
  }

  @ParameterizedTest
  @CsvSource({
    // what the store says, the value, the ETag
    "FULL_OBJECT, AAAAAA==,   abc-2,     FULL_OBJECT",
    "COMPOSITE,   AAAAAA==,   abc,       COMPOSITE",
    "NEW_TYPE,    AAAAAA==-2, abc,       NEW_TYPE",
    ",            AAAAAA==-2, abc,       COMPOSITE",
    "'',          AAAAAA==-2, abc,       COMPOSITE",
    ",            AAAAAA==,   abc,       FULL_OBJECT",
    ",            AAAAAA==,   '\"abc\"', FULL_OBJECT"
  })
  void saysWhatItWasMadeOf(@Nullable String told, String value, String eTag, String type) {
    HeadObjectResponse head =
        HeadObjectResponse.builder().checksumType(told).checksumCRC32(value).eTag(eTag).build();
    assertThat(StoredChecksum.of(head)).contains(new AssetChecksum("CRC32", type, value));
  }

  @ParameterizedTest
  @CsvSource({"abc-2", "'\"abc-10000\"'", "''"})
  void isOfNoUseWhereItIsNotClearWhatItWasMadeOf(String eTag) {
    HeadObjectResponse.Builder head = HeadObjectResponse.builder().checksumCRC32("AAAAAA==");
    assertThat(StoredChecksum.of(head.eTag(eTag.isEmpty() ? null : eTag).build())).isEmpty();
  }

  @Test
  void aStoreThatKeepsNoneHasNone() {
    assertThat(StoredChecksum.of(HeadObjectResponse.builder().eTag("abc").build())).isEmpty();
  }
}
