package io.github.reelbeam.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.journal.JournalFolder.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenDocumentsTest {
  @TempDir Path path;
  private final JournalEntry entry = Entries.requested("u1");
  private JournalFolder folder;
  private SeenDocuments seen;

  @BeforeEach
  void write() throws Exception {
    folder = new JournalFolder(path, new FileSystemDisk());
    seen = new SeenDocuments(folder);
    folder.write(entry);
  }

  private Document look() throws Exception {
    return seen.read(entry.id()).orElseThrow();
  }

  @Test
  void whatHasNotChangedIsNotReadAgain() throws Exception {
    assertThat(look()).isEqualTo(new Document.Intact(entry)).isSameAs(look());
  }

  @Test
  void whatWasReplacedIsReadAgain() throws Exception {
    assertThat(look()).isNotNull();
    JournalEntry changed = entry.failed("another text", Entries.BEGUN);
    folder.write(changed);
    assertThat(look()).isEqualTo(new Document.Intact(changed));
  }

  @Test
  void whatIsTornIsReadAgainUntilItIsWhole() throws Exception {
    Files.writeString(folder.document(entry.id()), "{");
    assertThat(look()).isInstanceOf(Document.Unreadable.class).isNotSameAs(look());
    folder.write(entry);
    assertThat(look()).isEqualTo(new Document.Intact(entry));
  }

  @Test
  void whatIsGoneIsGone() throws Exception {
    assertThat(look()).isNotNull();
    folder.delete(entry.id());
    assertThat(seen.read(entry.id())).isEmpty();
  }

  @Test
  void whatIsNotInTheFolderAnyMoreIsForgotten() throws Exception {
    Document before = look();
    seen.retain(List.of());
    assertThat(look()).isEqualTo(before).isNotSameAs(before);
  }
}
