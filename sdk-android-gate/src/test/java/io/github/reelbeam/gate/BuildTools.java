package io.github.reelbeam.gate;

import com.android.tools.r8.CompilationFailedException;
import com.android.tools.r8.CompilationMode;
import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.OutputMode;
import com.android.tools.r8.R8;
import com.android.tools.r8.R8Command;
import com.android.tools.r8.origin.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * D8 and R8, called as the Android Gradle plugin does for a release: D8 turns class files into dex
 * files, and rewrites what the device's Android is too old for; R8 does so too, and leaves out what
 * is not used.
 *
 * @param androidApi the library that the app is held against
 */
record BuildTools(Path androidApi) {
  /** Android 8.0. */
  static final int MIN_API = 26;

  /** To a zip of dex files, everything. */
  Findings dex(Path app, Path zip) throws CompilationFailedException, IOException {
    return d8(app, zip, OutputMode.DexIndexed);
  }

  /** To a jar of class files that no longer use what Android 8.0 does not have. */
  Findings desugar(Path app, Path jar) throws CompilationFailedException, IOException {
    return d8(app, jar, OutputMode.ClassFile);
  }

  private Findings d8(Path app, Path output, OutputMode mode)
      throws CompilationFailedException, IOException {
    Files.createDirectories(output.getParent());
    Findings findings = new Findings(false);
    D8.run(
        D8Command.builder(findings)
            .addProgramFiles(app)
            .addLibraryFiles(androidApi)
            .setMinApiLevel(MIN_API)
            .setMode(CompilationMode.RELEASE)
            .setOutput(output, mode)
            .build());
    return findings;
  }

  /** To a zip of dex files, what the rules and the code ask for. */
  Findings shrinkToDex(Path app, ShrinkRules rules, Path zip)
      throws CompilationFailedException, IOException {
    return r8(app, rules, zip, OutputMode.DexIndexed);
  }

  /** What R8 misses on its way to dex files. */
  Findings look(Path app, ShrinkRules rules, Path zip) throws IOException {
    Findings findings = new Findings(true);
    try {
      r8(app, rules, zip, OutputMode.DexIndexed, findings);
    } catch (CompilationFailedException e) {
      if (findings.missingClasses().isEmpty()) {
        throw new IOException("R8 failed: " + findings.complaints(), e);
      }
    }
    return findings;
  }

  /** To a jar of class files with resources; desugared it has to be already. */
  Findings shrink(Path app, ShrinkRules rules, Path jar)
      throws CompilationFailedException, IOException {
    return r8(app, rules, jar, OutputMode.ClassFile);
  }

  private Findings r8(Path app, ShrinkRules rules, Path output, OutputMode mode)
      throws CompilationFailedException, IOException {
    Findings findings = new Findings(false);
    r8(app, rules, output, mode, findings);
    return findings;
  }

  private void r8(Path app, ShrinkRules rules, Path output, OutputMode mode, Findings findings)
      throws CompilationFailedException, IOException {
    Files.createDirectories(output.getParent());
    R8Command.Builder command =
        R8Command.builder(findings)
            .addProgramFiles(app)
            .addLibraryFiles(androidApi)
            .addProguardConfiguration(rules.rules(), Origin.unknown())
            .setMode(CompilationMode.RELEASE)
            .setProguardMapOutputPath(output.resolveSibling(output.getFileName() + ".map"))
            .setOutput(output, mode, true);
    if (mode == OutputMode.DexIndexed) {
      command.setMinApiLevel(MIN_API);
    }
    R8.run(command.build());
  }
}
