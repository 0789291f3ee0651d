package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Locale;
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

  /** Names that would do harm in a path, on a page or in a log. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../x.mp4",
        "a.mp4/..",
        "a.mp4/../../b.mp4",
        "/etc/passwd.mp4",
        "C:\\videos\\x.mp4",
        "evil.MP4",
        "x.tar.gz",
        "x.mp4.exe",
        "x.mp4\0.html",
        "x.mp4\n",
        "x.\u202E4pm.mp4",
        "x.mp4\u202E",
        "x.\uFF4D\uFF50\uFF14",
        "x.m\u212A\u1E4C",
        "x.mp4?versionId=1",
        "x.mp4#t=1",
        "*.mp4",
        "${aws:username}.mp4",
        "x.mp%34",
        "<script>.mp4",
        "x. mp4",
        "..mp4",
        "....",
        "🎬.mp4",
        "\uD83D.mp4",
      })
  void keepsNothingElseOfAName(String fileName) {
    ObjectKeys keys = ObjectKeys.withPrefix("incoming/").withIds(() -> ID);
    assertThat(keys.next(fileName)).isIn("incoming/" + ID, "incoming/" + ID + ".mp4");
  }

  @Test
  void keepsNothingElseOfALongName() {
    ObjectKeys keys = ObjectKeys.withPrefix("incoming/").withIds(() -> ID);
    assertThat(keys.next("x".repeat(10_000))).isEqualTo("incoming/" + ID);
    assertThat(keys.next("x".repeat(10_000) + ".mp4")).isEqualTo("incoming/" + ID + ".mp4");
    assertThat(keys.next("x." + "mp4".repeat(10_000))).isEqualTo("incoming/" + ID);
  }

  @Test
  void readsExtensionsAlikeInEveryLanguage() {
    // in Turkish the small letter of I has no dot: AVI would be unknown there
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      ObjectKeys keys = ObjectKeys.withPrefix("").withIds(() -> ID);
      assertThat(keys.next("x.AVI")).isEqualTo(ID + ".avi");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "uploads/", "a/b-c_d!/(e)'.f/", "x"})
  void makesKeysThatCanBeGranted(String prefix) {
    String key = ObjectKeys.withPrefix(prefix).next("x.mp4");
    assertThat(KeyRules.checked(key)).isEqualTo(key);
  }

  @Test
  void knowsItsOwnKeys() {
    ObjectKeys keys = ObjectKeys.withPrefix("incoming/");
    assertThat(keys.mayHaveMade(keys.next("x.mp4"))).isTrue();
    assertThat(keys.mayHaveMade(keys.next("x"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "incoming/",
        "00000000-0000-4000-8000-000000000001.mp4",
        "outgoing/00000000-0000-4000-8000-000000000001.mp4",
        "incoming/00000000-0000-4000-8000-000000000001.html",
        "incoming/00000000-0000-4000-8000-000000000001.MP4",
        "incoming/00000000-0000-4000-8000-000000000001.",
        "incoming/00000000-0000-4000-8000-000000000001.mp4.mp4",
        "incoming/00000000-0000-4000-8000-000000000001.mp4\n",
        "incoming/00000000-0000-4000-8000-000000000001/x",
        "incoming/x/00000000-0000-4000-8000-000000000001.mp4",
        "incoming/../00000000-0000-4000-8000-000000000001.mp4",
        "incoming/0000000A-0000-4000-8000-000000000001.mp4",
        "incoming/0-0-0-0-1.mp4",
        "incoming/holiday.mp4",
      })
  void knowsWhichKeysAreNotItsOwn(String key) {
    assertThat(ObjectKeys.withPrefix("incoming/").mayHaveMade(key)).isFalse();
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
    assertThat(ObjectKeys.withPrefix("x".repeat(900)).next("x.mp4")).startsWith("x".repeat(900));
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
