package io.github.reelbeam.examples.cli;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the journal is kept if the user does not say. */
final class StateFolder {
  private StateFolder() {}

  /**
   * The place the XDG base directory specification gives to state: what should outlive the process
   * but is not worth a backup. It says, too, that a relative path in the variable is to be ignored.
   */
  static Path standard(UnaryOperator<@Nullable String> environment, Path home) {
    String xdg = environment.apply("XDG_STATE_HOME");
    Path base =
        xdg != null && Path.of(xdg).isAbsolute() ? Path.of(xdg) : home.resolve(".local/state");
    return base.resolve("reelbeam");
  }

  static Path standard() {
    return standard(System::getenv, Path.of(System.getProperty("user.home")));
  }
}
