package io.github.reelbeam.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which key signs is never a matter of chance. */
@Tag("release")
class NoKeyNoReleaseIT {
  private static final String REFUSAL = "MAVEN_GPG_KEY, which is not set";

  private static MavenRun reelbeam(String... options) {
    return new MavenRun(Build.ROOT)
        .localRepository(Build.LOCAL_REPOSITORY)
        .options("-o", "-N", "-Prelease")
        .options(options);
  }

  @Test
  void withoutAKeyNothingIsBuilt() throws Exception {
    assertThat(reelbeam().goals("validate").fail()).contains(REFUSAL);
  }

  @Test
  void aRehearsalNeedsNone() throws Exception {
    assertThat(reelbeam("-DskipPublish").goals("validate").succeed()).doesNotContain(REFUSAL);
  }
}
