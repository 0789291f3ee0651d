package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.BytesSource;
import io.github.reelbeam.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContentTypesTest {
  private static final BytesSource NOISE = BytesSource.random(4096);

  /** The first bytes of files, as the formats' specifications have them. */
  private static BytesSource file(String hex) {
    return new BytesSource(Arrays.copyOf(HexFormat.of().parseHex(hex), 4096));
  }

  /** Matroska and WebM: an EBML header with EBMLVersion 1 and a DocType. */
  private static BytesSource ebml(String docType) {
    byte[] name = docType.getBytes(StandardCharsets.US_ASCII);
    return file(
        String.format(
            Locale.ROOT,
            "1a45dfa3%02x428681014282%02x%s",
            0x87 + name.length,
            0x80 + name.length,
            HexFormat.of().formatHex(name)));
  }

  /** MPEG-2 transport stream: packets of 188 bytes, each with a sync byte first. */
  private static BytesSource transportStream() {
    byte[] bytes = new byte[4096];
    for (int packet = 0; packet < bytes.length; packet += 188) {
      bytes[packet] = 0x47;
    }
    return new BytesSource(bytes);
  }

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("a.mp4", file("00000018667479706d703432000000006d703432"), "video/mp4"),
        Arguments.of("b.mp4", file("000000206674797069736f6d0000020069736f6d"), "video/mp4"),
        Arguments.of("a.mov", file("0000001466747970717420200000020071742020"), "video/quicktime"),
        Arguments.of("a.webm", ebml("webm"), "video/webm"),
        Arguments.of("a.mkv", ebml("matroska"), "video/x-matroska"),
        Arguments.of("a.avi", file("5249464600100000415649204c495354"), "video/vnd.avi"),
        // a name that ends in .ts is that of a translation file, too
        Arguments.of("a.ts", transportStream(), "video/mp2t"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void knowsVideosByTheirContentAlone(String name, BytesSource source, String type) {
    assertThat(ContentTypes.detect(source, "upload-4711")).isEqualTo(type);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void knowsVideosByNameAndContent(String name, BytesSource source, String type) {
    assertThat(ContentTypes.detect(source, name)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "a.mp4, video/mp4",
    "A.MP4, video/mp4",
    "a.m4v, video/mp4",
    "a.mov, video/quicktime",
    "a.webm, video/webm",
    "a.mkv, video/x-matroska",
    "a.avi, video/vnd.avi",
    "a.mpg, video/mpeg",
    "a.3gp, video/3gpp",
    "holiday.2026.mp4, video/mp4"
  })
  void knowsVideosByTheirName(String name, String type) {
    assertThat(ContentTypes.detect(NOISE, name)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({"upload-4711", "a.unknown-thing", "''"})
  void whatNothingTellsIsAnOctetStream(String name) {
    assertThat(ContentTypes.detect(NOISE, name)).isEqualTo("application/octet-stream");
  }

  @Test
  void takesASourceShorterThanWhatItLooksAt() {
    BytesSource text = new BytesSource("a".getBytes(StandardCharsets.UTF_8));
    assertThat(ContentTypes.detect(text, "a.mp4")).isEqualTo("video/mp4");
  }

  @Test
  void looksAtTheBeginningOfALongSourceOnly() {
    assertThat(ContentTypes.detect(BytesSource.random(1 << 20), "upload-4711"))
        .isEqualTo("application/octet-stream");
  }

  @Test
  void aSourceThatCannotBeReadIsASourceException() {
    BytesSource broken = BytesSource.random(10);
    broken.onRead(
        () -> {
          throw new IOException("the card was pulled out");
        });
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> ContentTypes.detect(broken, "upload-4711"))
        .withMessageContaining("memory:holiday")
        .matches(SourceException::isResumable);
  }

  @Test
  void leavesNoChannelOpen() {
    BytesSource source = BytesSource.random(100);
    assertThat(ContentTypes.detect(source, "upload-4711")).isNotEmpty();
    assertThat(source.openChannels()).isZero();
  }
}
