package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateFolderTest {
  private static final Path HOME = Path.of("/home/ada");

  @Test
  void isInTheXdgFolderIfThereIsOne() {
    assertThat(StateFolder.standard(Map.of("XDG_STATE_HOME", "/var/ada")::get, HOME))
        .isEqualTo(Path.of("/var/ada/reelbeam"));
  }

  @Test
  void isInTheHomeFolderOtherwise() {
    assertThat(StateFolder.standard(name -> null, HOME))
        .isEqualTo(Path.of("/home/ada/.local/state/reelbeam"));
  }

  @Test
  void ignoresARelativeXdgFolder() {
    assertThat(StateFolder.standard(Map.of("XDG_STATE_HOME", "state")::get, HOME))
        .isEqualTo(Path.of("/home/ada/.local/state/reelbeam"));
  }
}
