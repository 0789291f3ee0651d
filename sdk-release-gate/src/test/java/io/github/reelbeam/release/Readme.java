package io.github.reelbeam.release;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What README.md tells somebody who wants to use Reelbeam. */
final class Readme {
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\\R(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern VERSION = Pattern.compile("<version>(.+?)</version>");

  private final String text;

  Readme() throws IOException {
    text = Files.readString(Build.ROOT.resolve("README.md"));
  }

  /** The first block of that language that speaks of something. */
  private String block(String language, String of) {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals(language) && block.group(2).contains(of)) {
        return block.group(2);
      }
    }
    throw new AssertionError("README.md has no ```" + language + " with " + of);
  }

  /** The version that it names: of the release, or of the snapshot before it. */
  String version() {
    Matcher version = VERSION.matcher(block("xml", "reelbeam-bom"));
    if (!version.find()) {
      throw new AssertionError("no version is in README.md");
    }
    return version.group(1);
  }

  /** What it would have put into a pom.xml, of the version that was built. */
  String dependencies() {
    return block("xml", "reelbeam-bom").replace(version(), Build.VERSION);
  }

  String example() {
    return block("java", "VideoUploader.builder()");
  }
}
