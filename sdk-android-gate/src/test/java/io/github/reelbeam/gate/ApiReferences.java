package io.github.reelbeam.gate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.codehaus.mojo.animal_sniffer.ClassListBuilder;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.Logger;

/**
 * What class files ask for that an Android version does not have. R8 notices missing classes only:
 * a method that is missing shows on the device, when it is called.
 */
final class ApiReferences {
  /**
   * Those that Android 8.0 may lack although the shrunk app has them, and why nothing comes of it.
   */
  static final Map<String, String> NOT_REACHED =
      Map.of(
          "java.util.concurrent.ConcurrentHashMap.KeySetView"
              + " java.util.concurrent.ConcurrentHashMap.keySet()",
          "where the AWS SDK's cache of URIs is full; what Reelbeam has it put there are a few"
              + " endpoints, and no URIs of requests",
          "String javax.net.ssl.SSLSocket.getApplicationProtocol()",
          "in okhttp-jvm, which stands for okhttp-android here",
          "void javax.net.ssl.SSLParameters.setApplicationProtocols(String[])",
          "as getApplicationProtocol");

  /** A TLS that okhttp-jvm knows, and okhttp-android does not. */
  private static final String FOR_A_JVM = "org.openjsse.";

  private static final String MISSING = "Undefined reference: ";

  private ApiReferences() {}

  /** Whether a class or member has to do with what an app may lack. */
  static boolean isOptional(String reference) {
    return OptionalClasses.areNamedIn(reference) || reference.contains(FOR_A_JVM);
  }

  /** The classes and members that neither the jar nor the signature has. */
  static SortedSet<String> missing(Path jar, Path signature) throws IOException {
    Complaints complaints = new Complaints();
    ClassListBuilder own = new ClassListBuilder(complaints);
    own.process(jar.toFile());
    Set<String> ownClasses = new HashSet<>();
    own.getPackages().forEach(name -> ownClasses.add(name.replace('/', '.')));
    try (InputStream api = Files.newInputStream(signature)) {
      SignatureChecker checker = new SignatureChecker(api, ownClasses, complaints);
      checker.setSourcePath(List.of());
      checker.process(jar.toFile());
    }
    return complaints.missing;
  }

  /** Each comes with the place in front of it, which R8 has given a name that says nothing. */
  private static final class Complaints implements Logger {
    private final SortedSet<String> missing = new TreeSet<>();

    @Override
    public void error(String message) {
      int start = message.indexOf(MISSING);
      missing.add(start < 0 ? message : message.substring(start + MISSING.length()));
    }

    @Override
    public void error(String message, Throwable cause) {
      error(message);
    }

    @Override
    public void info(String message) {}

    @Override
    public void info(String message, Throwable cause) {}

    @Override
    public void debug(String message) {}

    @Override
    public void debug(String message, Throwable cause) {}

    @Override
    public void warn(String message) {}

    @Override
    public void warn(String message, Throwable cause) {}
  }
}
