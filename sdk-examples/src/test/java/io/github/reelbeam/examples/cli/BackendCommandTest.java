package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** How {@code reelbeam backend} is not to be started. */
class BackendCommandTest {
  private static final String BUCKET = "--bucket videos --region eu-central-1 ";
  private static final String ROLE = "--role-arn arn:aws:iam::1:role/r ";
  private static final String USER = "--user ada=secret ";

  /** Keys that nobody asks for: nothing is sent. */
  private static final List<String> KEYS = List.of("aws.accessKeyId", "aws.secretAccessKey");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void setKeys() {
    KEYS.forEach(name -> System.setProperty(name, "unused"));
  }

  @AfterAll
  static void clearKeys() {
    KEYS.forEach(System::clearProperty);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--session-duration soon           | 'soon' is no duration",
        "--session-duration 13h            | at most 12 hours",
        "--session-duration -1h            | --session-duration",
        "--renewable-for 0s                | '0s' is no duration",
        "--max-size 50G                    | '50G' is no size",
        "--max-size 0                      | largest size",
        "--max-size 51TiB                  | largest size",
        "--content-type mp4                | not a content type such as video/mp4",
        "--prefix ../                      | key prefix",
        "--port 70000                      | port",
        "--port http                       | --port",
        "--user ada                        | NAME=TOKEN",
        "--user =secret                    | NAME=TOKEN",
        "--user bob=secret                 | bob and ada have the same token",
        "--user b/b=other                  | a user's name",
        "--s3-endpoint s3.local            | --s3-endpoint is an http or https URL",
        "--sts-endpoint ftp://h            | --sts-endpoint is an http or https URL",
        "--public-s3-endpoint h            | --public-s3-endpoint is an http or https URL",
        "--federation                      | mutually exclusive",
        "--session-token                   | mutually exclusive",
        "--role-arn arn:aws:iam::2:role/r  | --role-arn",
        "--nonsense                        | --nonsense"
      })
  void anOptionThatIsWrongIsExplainedAndEndsWithTwo(String option, String explanation) {
    assertThat(run(BUCKET + ROLE + USER + option)).as(err::toString).isEqualTo(2);
    assertThat(err.toString())
        .contains(explanation)
        .doesNotContain("\tat ")
        .doesNotContain("secret ");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        BUCKET + ROLE + "; nobody may use it",
        BUCKET + USER + "; (--role-arn=ARN | --federation | --session-token)",
        ROLE + USER + "; '--bucket=B'"
      },
      quoteCharacter = '"')
  void anOptionThatIsMissingIsNamedAndEndsWithTwo(String arguments, String explanation) {
    assertThat(run(arguments)).as(err::toString).isEqualTo(2);
    assertThat(err.toString()).contains(explanation);
  }

  @Test
  void aFileOfUsersThatIsNotThereIsNamed() {
    assertThat(run(BUCKET + ROLE + "--users " + folder.resolve("gone"))).isEqualTo(1);
    assertThat(err.toString()).contains("gone").doesNotContain("\tat ");
  }

  @Test
  void aFileWithoutUsersIsAsGoodAsNone() throws Exception {
    Path file = Files.writeString(folder.resolve("users"), "# nobody yet\n");

    assertThat(run(BUCKET + ROLE + "--users " + file)).isEqualTo(2);
    assertThat(err.toString()).contains("nobody may use it");
  }

  @Test
  void aHostThatIsNoneIsNamed() {
    assertThat(run(BUCKET + ROLE + USER + "--host not..a..host --port 0")).isEqualTo(1);
    assertThat(err.toString()).contains("cannot listen on not..a..host").doesNotContain("\tat ");
  }

  @Test
  void helpNamesTheOptions() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: reelbeam backend")
        .contains("(--role-arn=ARN | --federation | --session-token)");
  }

  private int run(String arguments) {
    CommandLine command = Reelbeam.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String database = "--database " + folder.resolve("assets.db");
    return command.execute(("backend " + database + " " + arguments).trim().split(" +"));
  }
}
