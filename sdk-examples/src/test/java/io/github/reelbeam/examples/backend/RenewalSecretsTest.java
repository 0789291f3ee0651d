package io.github.reelbeam.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reelbeam.backend.RenewalTokens;
import io.github.reelbeam.backend.RenewalTokens.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenewalSecretsTest {
  private static final String SOME = "0123456789abcdef".repeat(4);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("new").resolve("renewal-secret");
  }

  @Test
  void aTokenOfBeforeARestartIsValid() throws IOException {
    String token = issue(RenewalSecrets.in(file));

    assertThat(verdict(RenewalSecrets.in(file), token)).isEqualTo(Verdict.VALID);
  }

  @Test
  void twoFilesHaveTwoSecrets() throws IOException {
    String token = issue(RenewalSecrets.in(file));

    assertThat(verdict(RenewalSecrets.in(folder.resolve("other")), token))
        .isEqualTo(Verdict.REFUSED);
  }

  @Test
  void theFileIsForItsOwnerOnlyAndAlone() throws IOException {
    RenewalSecrets.in(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("new").toFile().list()).containsExactly("renewal-secret");
  }

  @Test
  void theFirstLineSignsAndTheOthersAreAccepted() throws IOException {
    String old = issue(RenewalSecrets.in(file));
    Files.writeString(file, SOME + "\n" + Files.readString(file));
    RenewalTokens both = RenewalSecrets.in(file);
    String fresh = issue(both);

    assertThat(verdict(both, old)).isEqualTo(Verdict.VALID);
    Files.writeString(file, SOME);
    assertThat(verdict(RenewalSecrets.in(file), fresh)).isEqualTo(Verdict.VALID);
    assertThat(verdict(RenewalSecrets.in(file), old)).isEqualTo(Verdict.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "not hex", "0123456789", "0123456789abcdef0123456789abcde"})
  void aFileThatHoldsNoSecretIsRefusedAndNotQuoted(String content) throws IOException {
    Files.createDirectories(folder.resolve("new"));
    Files.writeString(file, content);

    assertThatThrownBy(() -> RenewalSecrets.in(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("0123456789")
        .hasMessageNotContaining("not hex");
  }

  private static String issue(RenewalTokens tokens) {
    return tokens.issue("key", "ada", Instant.now().plusSeconds(60));
  }

  private static Verdict verdict(RenewalTokens tokens, String token) {
    return tokens.check(token, "key", "ada");
  }
}
