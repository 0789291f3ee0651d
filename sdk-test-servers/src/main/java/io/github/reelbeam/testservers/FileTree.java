package io.github.reelbeam.testservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Deletes temporary folders; what cannot be deleted is reported and stays. */
final class FileTree {

  private FileTree() {}

  static void delete(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(FileTree.class).warn("could not delete {}", root, e);
    }
  }
}
