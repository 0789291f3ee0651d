package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeysTest {
  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

  @ParameterizedTest
  @CsvSource({
    "holiday.mp4, .mp4",
    "HOLIDAY.MOV, .mov",
    "two.dots.webm, .webm",
    ".mp4, .mp4",
    "mp4, ''",
    "noextension, ''",
    "page.html, ''",
    "'video.mp4/../../x', ''",
    "'video.mp4 ', ''",
    "trailing., ''",
    "'', ''",
  })
  void keepsOnlyAKnownExtension(String fileName, String extension) {
    ObjectKeys keys = ObjectKeys.withPrefix("incoming/").withIds(() -> ID);
    assertThat(keys.next(fileName)).isEqualTo("incoming/" + ID + extension);
  }

  @Test
  void neverRepeatsAKey() {
    ObjectKeys keys = ObjectKeys.withPrefix("");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertThat(seen.add(keys.next("same.mp4"))).isTrue();
    }
  }

  @Test
  void keepsTheExtensionsItIsGiven() {
    ObjectKeys keys = ObjectKeys.withPrefix("").withIds(() -> ID).keepingExtensions(Set.of("braw"));
    assertThat(keys.next("take1.BRAW")).isEqualTo(ID + ".braw");
    assertThat(keys.next("take1.mp4")).isEqualTo(ID.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "a//b", "../", "a/./b/", "a b", "ü/", "a?b", "a\nb"})
  void refusesPrefixesThatNeedEscapingOrMoveAboutInPaths(String prefix) {
    assertThatThrownBy(() -> ObjectKeys.withPrefix(prefix))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAPrefixThatLeavesNoRoom() {
    assertThatThrownBy(() -> ObjectKeys.withPrefix("x".repeat(901)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MP4", ".mp4", "tar/gz"})
  void refusesExtensionsThatAreNone(String extension) {
    assertThatThrownBy(() -> ObjectKeys.withPrefix("").keepingExtensions(Set.of(extension)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
