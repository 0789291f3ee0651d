package io.github.reelbeam.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An app for Android 8.0 goes through D8 and through R8, by the rules in the libraries alone. */
@Tag("android")
class DexIT {
  private static final long SMALL = 2_000_000;

  private static final Map<String, DexSize> sizes = new TreeMap<>();

  private static AndroidBuild build;
  private static ShrinkRules rules;

  @BeforeAll
  static void open() throws IOException {
    build = AndroidBuild.get();
    rules = build.libraryRules().and(AndroidBuild.MAIN).and(AndroidBuild.ALL_CALLS);
  }

  @AfterAll
  static void writeSizes() throws IOException {
    StringBuilder text = new StringBuilder();
    sizes.forEach((what, size) -> text.append(what).append(": ").append(size).append('\n'));
    System.out.print(text);
    Files.writeString(AndroidBuild.file("dex-size.txt"), text);
  }

  @Test
  void everythingIsDexedWithoutAComplaint() throws Exception {
    Path zip = AndroidBuild.file("everything.zip");

    Findings findings = build.tools().dex(build.app(), zip);

    assertThat(findings.complaints()).isEmpty();
    assertThat(OptionalClasses.required(findings.missingClasses().keySet())).isEmpty();
    sizes.put("everything", DexSize.of(zip));
  }

  @Test
  void shrunkByTheRulesInTheLibrariesItIsSmallAndNothingIsMissing() throws Exception {
    Path zip = AndroidBuild.file("shrunk.zip");

    Findings findings = build.tools().shrinkToDex(build.app(), rules, zip);

    assertThat(findings.complaints()).isEmpty();
    assertThat(findings.missingClasses()).isEmpty();
    DexSize size = DexSize.of(zip);
    sizes.put("shrunk", size);
    assertThat(size.onDevice()).isBetween(100_000L, SMALL - 1);
  }

  @Test
  void theRulesSilenceNothingButOptionalClasses() throws Exception {
    ShrinkRules plain = rules.without(ShrinkRules::silences);

    Findings findings = build.tools().look(build.app(), plain, AndroidBuild.file("plain.zip"));

    Set<String> missing = findings.missingClasses().keySet();
    Files.write(AndroidBuild.file("missing-classes.txt"), findings.missingClasses().values());
    assertThat(findings.complaints()).isEmpty();
    assertThat(OptionalClasses.required(missing)).isEmpty();
    assertThat(OptionalClasses.outdated(missing)).isEmpty();
  }
}
