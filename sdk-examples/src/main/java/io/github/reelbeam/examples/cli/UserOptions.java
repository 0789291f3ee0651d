package io.github.reelbeam.examples.cli;

import io.github.reelbeam.examples.backend.Users;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may use the backend. */
final class UserOptions {
  @Option(
      names = "--user",
      paramLabel = "NAME=TOKEN",
      description = {
        "A user and the bearer token that is the user's; may be repeated.",
        "NAME=sha256:HEX keeps the token itself out of the command line, which all can see."
      })
  private List<String> users = new ArrayList<>();

  @Option(
      names = "--users",
      paramLabel = "FILE",
      description = "A file of users: lines of a name, a space, and a token or sha256:HEX.")
  private @Nullable Path file;

  /**
   * The users.
   *
   * @throws IllegalArgumentException if there is none, or one is wrong; no message has a token
   */
  Users users() throws IOException {
    Users known = new Users();
    for (String user : users) {
      int end = user.indexOf('=');
      if (end < 1) {
        throw new IllegalArgumentException("--user is written NAME=TOKEN");
      }
      known.add(user.substring(0, end), user.substring(end + 1));
    }
    if (file != null) {
      known.addFrom(file);
    }
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          "nobody may use it: give --user=NAME=TOKEN or --users=FILE");
    }
    return known;
  }
}
