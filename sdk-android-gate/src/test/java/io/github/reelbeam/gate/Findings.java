package io.github.reelbeam.gate;

import com.android.tools.r8.Diagnostic;
import com.android.tools.r8.DiagnosticsHandler;
import com.android.tools.r8.DiagnosticsLevel;
import com.android.tools.r8.diagnostic.MissingDefinitionInfo;
import com.android.tools.r8.diagnostic.MissingDefinitionsDiagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What D8 and R8 have to say. Safe for use by several threads, as R8 has them. */
final class Findings implements DiagnosticsHandler {
  private final SortedMap<String, String> missingClasses = new TreeMap<>();
  private final List<String> complaints = new ArrayList<>();

  /** The missing classes by name, and who asks for them. */
  synchronized SortedMap<String, String> missingClasses() {
    return new TreeMap<>(missingClasses);
  }

  /** All other errors and warnings. */
  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  private final boolean missingClassesEndTheRun;

  /**
   * @param missingClassesEndTheRun as R8 by itself has it; it says so before it takes its time to
   *     optimize
   */
  Findings(boolean missingClassesEndTheRun) {
    this.missingClassesEndTheRun = missingClassesEndTheRun;
  }

  @Override
  public synchronized DiagnosticsLevel modifyDiagnosticsLevel(
      DiagnosticsLevel level, Diagnostic diagnostic) {
    if (diagnostic instanceof MissingDefinitionsDiagnostic missing) {
      missing.getMissingDefinitions().forEach(this::add);
      return missingClassesEndTheRun ? level : DiagnosticsLevel.INFO;
    }
    return level;
  }

  private void add(MissingDefinitionInfo info) {
    if (info.isMissingClass()) {
      missingClasses.put(
          info.asMissingClass().getClassReference().getTypeName(), info.getDiagnosticMessage());
    } else {
      complaints.add(info.getDiagnosticMessage());
    }
  }

  @Override
  public synchronized void error(Diagnostic error) {
    if (!(error instanceof MissingDefinitionsDiagnostic)) {
      complaints.add(text(error));
    }
  }

  @Override
  public synchronized void warning(Diagnostic warning) {
    complaints.add(text(warning));
  }

  @Override
  public void info(Diagnostic info) {
    // nothing that would have to be acted on
  }

  private static String text(Diagnostic diagnostic) {
    return diagnostic.getOrigin() + ": " + diagnostic.getDiagnosticMessage();
  }
}
