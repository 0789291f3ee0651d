package io.github.reelbeam.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A disk that remembers every step, and can tell what might be on it if the power had failed after
 * any of them.
 *
 * <p>It keeps no promise but those of POSIX. Bytes that were not forced are there, gone, torn, or
 * zeros of the right length; names that were given or taken since the folder was last forced are so
 * or not, each by itself, even the two halves of a rename.
 */
final class PowerCutDisk implements Disk {
  private final Disk disk = new FileSystemDisk();
  private final List<Step> steps = new ArrayList<>();
  private final boolean forcesFiles;
  private final boolean forcesFolders;
  private final Set<Path> forcedFolders = new HashSet<>();
  private int files;

  /** With false a disk that breaks its promise, so that the test can show that it would notice. */
  PowerCutDisk(boolean forcesFiles, boolean forcesFolders) {
    this.forcesFiles = forcesFiles;
    this.forcesFolders = forcesFolders;
  }

  /** A file is known by its number, as by an inode, whatever its name. */
  private sealed interface Step {
    record Create(String name, int file) implements Step {}

    record Write(int file, List<byte[]> mayBecome) implements Step {}

    record ForceFile(int file) implements Step {}

    record Rename(String from, String to) implements Step {}

    record Delete(String name) implements Step {}

    record ForceFolder() implements Step {}
  }

  /** A name that was given to a file, or taken away. */
  private record NameChange(String name, @Nullable Integer file) {
    void apply(Map<String, Integer> names) {
      if (file == null) {
        names.remove(name);
      } else {
        names.put(name, file);
      }
    }
  }

  /** How many steps there were. */
  int steps() {
    return steps.size();
  }

  /** The folders whose names were forced at least once. */
  Set<Path> forcedFolders() {
    return Set.copyOf(forcedFolders);
  }

  /** Every folder, as names and contents, that a power cut after so many steps may leave. */
  Stream<Map<String, byte[]>> survivors(int stepsDone) {
    Map<String, Integer> names = new HashMap<>();
    Map<String, Integer> lasting = new HashMap<>();
    List<NameChange> changes = new ArrayList<>();
    Map<Integer, List<byte[]>> contents = new HashMap<>();
    for (Step step : steps.subList(0, stepsDone)) {
      List<NameChange> now = new ArrayList<>();
      if (step instanceof Step.Create create) {
        now.add(new NameChange(create.name(), create.file()));
        contents.put(create.file(), List.of(new byte[0]));
      } else if (step instanceof Step.Write write) {
        contents.put(write.file(), write.mayBecome());
      } else if (step instanceof Step.ForceFile force) {
        contents.computeIfPresent(force.file(), (file, possible) -> possible.subList(0, 1));
      } else if (step instanceof Step.Rename rename) {
        now.add(new NameChange(rename.to(), names.get(rename.from())));
        now.add(new NameChange(rename.from(), null));
      } else if (step instanceof Step.Delete delete) {
        now.add(new NameChange(delete.name(), null));
      } else {
        lasting = new HashMap<>(names);
        changes.clear();
      }
      now.forEach(change -> change.apply(names));
      changes.addAll(now);
    }
    return combinations(lasting, List.copyOf(changes), contents);
  }

  /** What may become of bytes that are not forced; what was meant comes first. */
  private static List<byte[]> unforced(byte[] bytes) {
    return List.of(
        bytes, new byte[0], Arrays.copyOf(bytes, bytes.length / 2), new byte[bytes.length]);
  }

  private static Stream<Map<String, byte[]>> combinations(
      Map<String, Integer> lasting, List<NameChange> changes, Map<Integer, List<byte[]>> contents) {
    return LongStream.range(0, 1L << changes.size())
        .mapToObj(
            chosen -> {
              Map<String, Integer> names = new LinkedHashMap<>(lasting);
              for (int i = 0; i < changes.size(); i++) {
                if ((chosen >> i & 1) == 1) {
                  changes.get(i).apply(names);
                }
              }
              return names;
            })
        .flatMap(names -> withContents(names, contents));
  }

  private static Stream<Map<String, byte[]>> withContents(
      Map<String, Integer> names, Map<Integer, List<byte[]>> contents) {
    Stream<Map<String, byte[]>> folders = Stream.of(Map.of());
    for (Map.Entry<String, Integer> name : names.entrySet()) {
      List<byte[]> possible = contents.getOrDefault(name.getValue(), List.of());
      folders =
          folders.flatMap(
              folder ->
                  possible.stream()
                      .map(
                          bytes -> {
                            Map<String, byte[]> more = new HashMap<>(folder);
                            more.put(name.getKey(), bytes);
                            return more;
                          }));
    }
    return folders;
  }

  @Override
  public NewFile create(Path file) throws IOException {
    NewFile created = disk.create(file);
    int number = ++files;
    steps.add(new Step.Create(name(file), number));
    return new NewFile() {
      @Override
      public void write(byte[] bytes) throws IOException {
        created.write(bytes);
        steps.add(new Step.Write(number, unforced(bytes)));
      }

      @Override
      public void force() {
        if (forcesFiles) {
          steps.add(new Step.ForceFile(number));
        }
      }

      @Override
      public void close() throws IOException {
        created.close();
      }
    };
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
    steps.add(new Step.Rename(name(from), name(to)));
  }

  @Override
  public void delete(Path file) throws IOException {
    boolean isThere = Files.exists(file);
    disk.delete(file);
    if (isThere) {
      steps.add(new Step.Delete(name(file)));
    }
  }

  @Override
  public void force(Path folder) {
    forcedFolders.add(folder);
    if (forcesFolders) {
      steps.add(new Step.ForceFolder());
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
