package io.github.reelbeam.examples.cli;

import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The URLs that options take. */
final class WebUrl {
  private WebUrl() {}

  /**
   * Lets an http or https URL with a host pass.
   *
   * @throws ParameterException if it is none; the message names the option
   */
  static URI checked(String option, URI url, CommandSpec command) {
    boolean web =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!web || url.getHost() == null) {
      throw new ParameterException(
          command.commandLine(),
          option + " is an http or https URL with a host, not '" + url + "'");
    }
    return url;
  }
}
