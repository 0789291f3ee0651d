package io.github.reelbeam.apilisting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicApiTest {
  @TempDir Path folder;
  private PublicApi api;

  @BeforeEach
  void sampleApi() throws Exception {
    api = new PublicApi("sample", folder, Samples.types());
  }

  @Test
  void passesWhileTheApiIsAsListed() throws Exception {
    Files.writeString(folder.resolve("sample.api"), ApiListing.of(Samples.types()));
    api.isAsListed();
  }

  @Test
  void showsWhatHasChangedAndHowToUpdateTheListing() throws Exception {
    String listed =
        ApiListing.of(Samples.types()).replace("  public void close()\n", "  public void shut()\n");
    Files.writeString(folder.resolve("sample.api"), listed);
    assertThatThrownBy(api::isAsListed)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("- public void shut()\n    + public void close()\n")
        .hasMessageContaining("mvn -q -pl sdk-api-listing -am test -Dtest=PublicApiTest")
        .hasMessageContaining("-Dapi.update");
  }

  @Test
  void failsWithoutAListing() {
    assertThatThrownBy(api::isAsListed).hasMessageContaining("+ constant OPENING");
  }

  @Test
  void replacesTheBaselineOfAnEarlierVersion() throws Exception {
    api.writeBaseline("0.1.0");
    api.writeBaseline("0.2.0");
    assertThat(folder.resolve("sample-0.1.0.jar")).doesNotExist();
    assertThat(folder.resolve("sample-0.2.0.jar")).isNotEmptyFile();
  }
}
