package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerSideEncryptionTest {
  static Stream<Arguments> methods() {
    return Stream.of(
        Arguments.of(ServerSideEncryption.s3(), "AES256", null),
        Arguments.of(ServerSideEncryption.kms(), "aws:kms", null),
        Arguments.of(ServerSideEncryption.kms("key-1"), "aws:kms", "key-1"));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void speaksTheWordsOfS3(ServerSideEncryption method, String algorithm, @Nullable String key) {
    assertThat(method.algorithm()).isEqualTo(algorithm);
    assertThat(method.keyId().orElse(null)).isEqualTo(key);
  }
}
