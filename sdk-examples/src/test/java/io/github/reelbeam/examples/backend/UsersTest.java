package io.github.reelbeam.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
  /** The SHA-256 of {@code secret}, as {@code sha256sum} gives it. */
  private static final String HASH_OF_SECRET =
      "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

  @TempDir private Path folder;
  private final Users users = new Users();

  @ParameterizedTest
  @ValueSource(strings = {"Bearer secret", "bearer secret", "BEARER   secret"})
  void aTokenSaysWhoItIs(String authorization) {
    users.add("bob", "other");
    users.add("ada", "secret");
    users.add("eve", "third");

    assertThat(users.authenticate(authorization)).contains("ada");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer Secret",
        "Bearer secre",
        "Bearer secret2",
        "Bearer secret x",
        "Bearersecret",
        "Basic secret",
        "secret",
        "Bearer sha256:" + HASH_OF_SECRET,
        "Bearer " + HASH_OF_SECRET
      })
  void nothingElseDoes(String authorization) {
    users.add("ada", "secret");

    assertThat(users.authenticate(authorization)).isEmpty();
  }

  @Test
  void aTokenMayBeGivenAsItsHash() {
    users.add("ada", "sha256:" + HASH_OF_SECRET);

    assertThat(users.authenticate("Bearer secret")).contains("ada");
  }

  @Test
  void aUserMayHaveTwoTokens() {
    users.add("ada", "old");
    users.add("ada", "new");

    assertThat(users.authenticate("Bearer old")).contains("ada");
    assertThat(users.authenticate("Bearer new")).contains("ada");
  }

  @Test
  void twoUsersWithOneTokenAreRefused() {
    users.add("ada", "secret");

    assertThatThrownBy(() -> users.add("bob", "secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bob and ada have the same token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "tökèn", "a\tb", "\"quoted\""})
  void aTokenThatNoHeaderCanHaveIsRefusedAndNotQuoted(String token) {
    assertThatThrownBy(() -> users.add("ada", token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the token of ada is empty or has characters that no bearer token may have");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nb", "a/b"})
  void aNameThatWouldSpoilALogIsRefused(String name) {
    assertThatThrownBy(() -> users.add(name, "secret"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFileHasAUserPerLine() throws IOException {
    Path file = folder.resolve("users");
    Files.writeString(
        file, "# who may\n\nada secret\n  bob\tsha256:" + "0".repeat(64) + "  \neve third");

    users.addFrom(file);

    assertThat(users.authenticate("Bearer secret")).contains("ada");
    assertThat(users.authenticate("Bearer third")).contains("eve");
  }

  @Test
  void aLineThatIsWrongIsNamedByItsNumber() throws IOException {
    Path file = folder.resolve("users");
    Files.writeString(file, "ada secret\nsecret-without-a-name\n");

    assertThatThrownBy(() -> users.addFrom(file))
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("secret-without");
  }
}
