package io.github.reelbeam.journal;

import io.github.reelbeam.UploadId;
import io.github.reelbeam.fuzz.Check;
import io.github.reelbeam.internal.json.JournalJson;
import io.github.reelbeam.internal.json.MalformedJsonException;
import io.github.reelbeam.internal.json.NewerVersionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of the journal that somebody else wrote, by itself and in a folder with a good one. */
public final class JournalFuzzer {
  private static final UploadId HOSTILE = new UploadId("hostile");
  private static final UploadId GOOD = new UploadId("good");
  private static final Path PLACE = place();
  private static final Path FOLDER = PLACE.resolve("journal");

  private JournalFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    JournalEntry entry = read(input);
    inAFolder(input, entry);
  }

  /** An entry, or null; whatever can be read can be written and read again. */
  private static @Nullable JournalEntry read(byte[] input) {
    JournalEntry entry;
    try {
      entry = JournalJson.read(input);
    } catch (MalformedJsonException | NewerVersionException e) {
      Check.message(e.getMessage());
      return null;
    }
    try {
      JournalEntry again = JournalJson.read(JournalJson.write(entry));
      Check.that(again.equals(entry) || hasHalfACharacter(input), "it changes when it is written");
    } catch (MalformedJsonException | NewerVersionException e) {
      throw new AssertionError("what was written cannot be read", e);
    }
    return entry;
  }

  /** Those become question marks, as no file could hold them. */
  private static boolean hasHalfACharacter(byte[] input) {
    return new String(input, StandardCharsets.ISO_8859_1).matches("(?is).*\\\\u+d[89a-f].*");
  }

  private static void inAFolder(byte[] input, @Nullable JournalEntry entry) throws IOException {
    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve(HOSTILE + ".json"), input);
    Files.write(FOLDER.resolve(GOOD + ".json"), JournalJson.write(Samples.entry(GOOD)));
    FileUploadJournal journal = FileUploadJournal.at(FOLDER, () -> {}, new UnforcedDisk());
    List<JournalEntry> entries = journal.entries();
    Check.that(
        entries.stream().anyMatch(known -> known.id().equals(GOOD)), "the good entry is lost");
    boolean own = entry != null && entry.id().equals(HOSTILE);
    Check.that(entries.size() == (own ? 2 : 1), entries.size() + " entries");
    boolean there = Files.exists(FOLDER.resolve(HOSTILE + ".json"));
    boolean aside = Files.exists(FOLDER.resolve(HOSTILE + ".json.unreadable"));
    Check.that(there != aside, "neither left alone nor set aside");
    Check.that(!own || there, "an entry was set aside");
    for (JournalEntry known : entries) {
      Check.that(known.toPending().id().equals(known.id()), "another id");
      try (UploadJournal.Claim claim = journal.claim(known.id()).orElseThrow()) {
        claim.write(known.failed("once more", known.updatedAt()));
        claim.remove();
      }
    }
    clear();
  }

  /** Nothing but the journal's own files, and nothing beside the folder. */
  private static void clear() throws IOException {
    for (Path file : files(PLACE)) {
      Check.that(file.equals(FOLDER), "a file outside of the journal: " + file);
    }
    for (Path file : files(FOLDER)) {
      String name = file.getFileName().toString();
      Check.that(
          name.equals(".journal.lock") || name.startsWith(HOSTILE.value()),
          "another file in the journal: " + name);
      if (!name.equals(".journal.lock")) {
        Files.delete(file);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(files::add);
    }
    return files;
  }

  private static Path place() {
    try {
      return Files.createTempDirectory("reelbeam-fuzz-journal");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
