package io.github.reelbeam.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.UploadId;
import io.github.reelbeam.journal.UploadJournal.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails at any step of a journal's work, and writes that were not forced are lost or torn
 * in all combinations: the journal opens again and has for each upload the old entry or the new
 * one.
 */
class PowerCutTest {
  private static final FolderLock.Pause NO_PAUSE = () -> {};

  @TempDir Path parent;
  private int folders;

  /** One call to the journal, the steps on the disk that it took, and what it was to change. */
  private record Call(
      int firstStep,
      int endStep,
      UploadId id,
      Optional<JournalEntry> before,
      Optional<JournalEntry> after) {

    /** What may be there after a cut, as far as this call is concerned. */
    Set<Optional<JournalEntry>> allowed(int stepsDone) {
      if (stepsDone <= firstStep) {
        return Set.of(before);
      }
      return stepsDone < endStep ? Set.of(before, after) : Set.of(after);
    }
  }

  @Test
  void everyCutLeavesTheOldOrTheNewEntry() throws IOException {
    PowerCutDisk disk = new PowerCutDisk(true, true);
    List<Call> calls = work(disk);

    assertThat(problems(disk, calls)).isEmpty();
    assertThat(folders).as("folders that a cut might have left").isGreaterThan(100);
    System.out.printf(
        "power cuts: %d calls in %d steps, %d folders that a cut might have left%n",
        calls.size(), disk.steps(), folders);
  }

  @Test
  void aFileThatIsNotForcedIsFoundOut() throws IOException {
    PowerCutDisk disk = new PowerCutDisk(false, true);

    assertThat(problems(disk, work(disk)).findFirst()).isPresent();
  }

  @Test
  void aFolderThatIsNotForcedIsFoundOut() throws IOException {
    PowerCutDisk disk = new PowerCutDisk(true, false);

    assertThat(problems(disk, work(disk)).findFirst()).isPresent();
  }

  @Test
  void everyFolderThatIsMadeIsForcedIntoTheOneAboveIt() {
    PowerCutDisk disk = new PowerCutDisk(true, true);
    FileUploadJournal.at(parent.resolve("a/b/uploads"), NO_PAUSE, disk);

    assertThat(disk.forcedFolders())
        .contains(parent, parent.resolve("a"), parent.resolve("a/b"))
        .doesNotContain(parent.resolve(".."));
  }

  /** All that a journal does to its entries: two uploads in turn, one of which ends. */
  private List<Call> work(PowerCutDisk disk) {
    FileUploadJournal journal = FileUploadJournal.at(newFolder(), NO_PAUSE, disk);
    List<Call> calls = new ArrayList<>();
    JournalEntry one = Entries.requested("one");
    JournalEntry oneLater = Entries.full("one");
    JournalEntry two = Entries.requested("two");
    JournalEntry twoLater = Entries.full("two");
    try (Claim first = create(calls, disk, journal, one);
        Claim second = create(calls, disk, journal, two)) {
      write(calls, disk, first, oneLater);
      write(calls, disk, second, twoLater);
      write(calls, disk, first, one);
      remove(calls, disk, first);
      write(calls, disk, second, two);
    }
    create(calls, disk, journal, oneLater).close();
    return calls;
  }

  private static Claim create(
      List<Call> calls, PowerCutDisk disk, FileUploadJournal journal, JournalEntry entry) {
    int firstStep = disk.steps();
    Claim claim = journal.claimOrCreate(old -> false, () -> entry);
    calls.add(new Call(firstStep, disk.steps(), entry.id(), Optional.empty(), Optional.of(entry)));
    return claim;
  }

  private static void write(List<Call> calls, PowerCutDisk disk, Claim claim, JournalEntry entry) {
    int firstStep = disk.steps();
    Optional<JournalEntry> before = Optional.of(claim.entry());
    claim.write(entry);
    calls.add(new Call(firstStep, disk.steps(), entry.id(), before, Optional.of(entry)));
  }

  private static void remove(List<Call> calls, PowerCutDisk disk, Claim claim) {
    int firstStep = disk.steps();
    JournalEntry before = claim.entry();
    claim.remove();
    calls.add(
        new Call(firstStep, disk.steps(), before.id(), Optional.of(before), Optional.empty()));
  }

  /** Cuts the power after each step, in every way; lazily, as a bad disk has too many ways. */
  private Stream<String> problems(PowerCutDisk disk, List<Call> calls) {
    return IntStream.rangeClosed(0, disk.steps())
        .boxed()
        .flatMap(
            stepsDone ->
                disk.survivors(stepsDone)
                    .flatMap(files -> problem(files, allowed(calls, stepsDone)).stream())
                    .map(problem -> "cut after step " + stepsDone + ": " + problem));
  }

  /** The calls come one after another, so the last of an upload that had begun decides. */
  private static Map<UploadId, Set<Optional<JournalEntry>>> allowed(
      List<Call> calls, int stepsDone) {
    Map<UploadId, Set<Optional<JournalEntry>>> allowed = new HashMap<>();
    for (Call call : calls) {
      if (call.firstStep() < stepsDone) {
        allowed.put(call.id(), call.allowed(stepsDone));
      } else {
        allowed.putIfAbsent(call.id(), call.allowed(stepsDone));
      }
    }
    return allowed;
  }

  /** Opens the journal in what the cut has left, and works with it. */
  private Optional<String> problem(
      Map<String, byte[]> files, Map<UploadId, Set<Optional<JournalEntry>>> allowed) {
    Path folder = newFolder();
    put(folder, files);
    FileUploadJournal journal =
        FileUploadJournal.at(folder, NO_PAUSE, new PowerCutDisk(true, true));
    Map<UploadId, JournalEntry> entries =
        journal.entries().stream().collect(Collectors.toMap(JournalEntry::id, entry -> entry));
    for (Map.Entry<UploadId, Set<Optional<JournalEntry>>> upload : allowed.entrySet()) {
      Optional<JournalEntry> found = Optional.ofNullable(entries.get(upload.getKey()));
      if (!upload.getValue().contains(found)) {
        return Optional.of(files.keySet() + " gave " + found + ", not " + upload.getValue());
      }
    }
    for (JournalEntry entry : entries.values()) {
      journal.claim(entry.id()).orElseThrow().close();
    }
    journal.claimOrCreate(old -> false, () -> Entries.requested("three")).close();
    return names(folder)
        .filter(name -> name.endsWith(".tmp") || name.endsWith(".unreadable"))
        .findFirst()
        .map(name -> name + " is left");
  }

  private Path newFolder() {
    return parent.resolve("journal-" + folders++);
  }

  private static void put(Path folder, Map<String, byte[]> files) {
    try {
      Files.createDirectory(folder);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
      // whether the lock files have survived makes no difference; this is the harder case
      for (String lock : List.of(".journal.lock", "one.lock", "two.lock")) {
        Files.createFile(folder.resolve(lock));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
