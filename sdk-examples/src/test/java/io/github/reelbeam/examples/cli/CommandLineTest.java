package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"                                              | Missing required subcommand",
        "uplod                                             | Did you mean: reelbeam upload",
        "upload --backend http://h                         | Missing required parameter: 'FILE'",
        "upload f                                          | Missing required option: '--backend=URL'",
        "upload f --backend ftp://h                        | http or https URL",
        "upload f --backend backend                        | http or https URL",
        "upload f --backend http://h --part-size 8M        | '8M' is no size",
        "upload f --backend http://h --part-size 1MiB      | 5 MiB",
        "upload f --backend http://h --parallelism 0       | 1 to 256",
        "upload f --backend http://h --parallelism x       | '--parallelism'",
        "upload f --backend http://h --limit-rate -1       | '--limit-rate'",
        "upload f --backend http://h --give-up soon        | 'soon' is no duration",
        "upload f --backend http://h --checksum md5        | '--checksum'",
        "upload f --backend http://h --endpoint s3.local   | http or https URL",
        "upload f --backend http://h --content-type video  | video/mp4",
        "upload f --backend http://h --metadata novalue    | '--metadata'",
        "upload f --backend http://h --metadata a:b=c      | metadata key 'a:b'",
        "upload f --backend http://h --state target/state-of-usage | --allow-http",
        "upload f --backend https://h --endpoint http://s --state target/state-of-usage | --allow-http",
        "upload f --backend http://h --nonsense            | --nonsense",
        "upload f g --backend http://h                     | 'g'",
        "resume a/b                                        | 1 to 64 characters",
        "discard                                           | Missing required parameter: 'ID'",
        "setup-bucket --origin https://h                   | Missing required option: '--bucket=B'",
        "setup-bucket --bucket b --region r                | Missing required option: '--origin=O'",
        "setup-bucket --bucket b --region r --origin h     | not an origin: 'h'",
        "setup-bucket --bucket b --region r --origin https://h/ | no slash at the end",
        "setup-bucket --bucket b --region r --no-cors --no-lifecycle | nothing is left to set up",
        "setup-bucket --bucket b --region r --no-cors --abort-after 36h | not whole days",
        "setup-bucket --bucket b --no-cors --s3-endpoint s3.local       | http or https URL",
        "demo --size 1KiB                                  | 1MiB to 8GiB",
        "check-backend                                     | Missing required parameter: 'URL'",
        "check-backend ftp://h                             | http or https URL",
        "check-backend http://h --size 5MiB                | 5.5MiB to 1GiB",
        "check-backend http://h --file gone.mp4            | --file is no file",
        "check-backend http://h --timeout soon             | 'soon' is no duration"
      })
  void wrongUsageIsExplainedAndEndsWithTwo(String arguments, String explanation) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString()).contains(explanation).doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--help",
    "upload --help",
    "resume -h",
    "list --help",
    "discard --help",
    "demo -h",
    "setup-bucket --help",
    "backend --help",
    "check-backend -h"
  })
  void helpIsThereForEveryCommand(String arguments) {
    assertThat(run(arguments)).isZero();
    assertThat(out.toString()).startsWith("Usage: reelbeam").contains("Exit codes:");
  }

  @Test
  void versionNamesReelbeamAndJava() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("reelbeam ").contains("Java ");
  }

  private int run(String arguments) {
    CommandLine command = Reelbeam.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments.isBlank() ? new String[0] : arguments.trim().split(" +"));
  }
}
