package io.github.reelbeam.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import android.content.Context;
import android.net.Uri;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;

/** On Android 8 as Robolectric has it, with a provider that has a real file or a real pipe. */
@RunWith(RobolectricTestRunner.class)
@Config(shadows = PipesLikeADevices.class)
public final class ContentUriSourceTest {
  private static final int SIZE = 200_003;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final byte[] bytes = new byte[SIZE];
  private Context context;

  @Before
  public void serve() throws IOException {
    new Random(1).nextBytes(bytes);
    Path video = folder.newFile("a.mp4").toPath();
    Files.write(video, bytes);
    Robolectric.setupContentProvider(VideoProvider.class, VideoProvider.AUTHORITY);
    VideoProvider.serve(video);
    context = RuntimeEnvironment.getApplication();
  }

  private ContentUriSource source(String way) {
    return ContentUriSource.of(context, VideoProvider.uri(way));
  }

  private static byte[] read(SeekableByteChannel channel, long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    channel.position(from);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  @Test
  public void aFileIsReadWhereItIs() throws IOException {
    ContentUriSource source = source("file");
    assertThat(source.size()).isEqualTo(SIZE);
    try (SeekableByteChannel channel = source.open()) {
      assertThat(read(channel, 0, SIZE + 1)).isEqualTo(bytes);
      assertThat(read(channel, 100_000, 5_000))
          .isEqualTo(Arrays.copyOfRange(bytes, 100_000, 105_000));
      assertThat(read(channel, SIZE - 1, 10)).containsExactly(bytes[SIZE - 1]);
      assertThat(read(channel, SIZE + 10, 10)).isEmpty();
    }
    assertThat(context.getCacheDir().toPath().resolve("reelbeam")).doesNotExist();
  }

  /** With it a later process can go on with the upload; an app may keep only so many. */
  @Test
  public void thePermissionIsKeptUntilItIsReleased() {
    ContentUriSource source = source("file");
    assertThat(source.keepPermission()).isTrue();
    assertThat(context.getContentResolver().getPersistedUriPermissions())
        .anyMatch(
            kept -> kept.getUri().equals(VideoProvider.uri("file")) && kept.isReadPermission());
    source.releasePermission();
    assertThat(context.getContentResolver().getPersistedUriPermissions()).isEmpty();
  }

  @Test
  public void channelsDoNotShareTheirPositions() throws IOException {
    try (SeekableByteChannel one = source("file").open();
        SeekableByteChannel other = source("file").open()) {
      one.position(1_000);
      assertThat(read(other, 0, 10)).isEqualTo(Arrays.copyOf(bytes, 10));
      assertThat(one.position()).isEqualTo(1_000);
      assertThat(one.size()).isEqualTo(SIZE);
    }
  }

  @Test
  public void aStretchOfAFileIsAVideoToo() throws IOException {
    ContentUriSource source = source("slice");
    assertThat(source.size()).isEqualTo(5_000);
    try (SeekableByteChannel channel = source.open()) {
      assertThat(read(channel, 0, SIZE)).isEqualTo(Arrays.copyOfRange(bytes, 1_000, 6_000));
      assertThat(read(channel, 4_990, 20)).isEqualTo(Arrays.copyOfRange(bytes, 5_990, 6_000));
    }
  }

  @Test
  public void aClosedChannelReadsNothing() throws IOException {
    SeekableByteChannel channel = source("file").open();
    channel.close();
    channel.close();
    assertThat(channel.isOpen()).isFalse();
    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> channel.read(ByteBuffer.allocate(1)));
  }

  @Test
  public void aStreamIsCopiedOnce() throws IOException {
    ContentUriSource source = source("stream");
    assertThat(source.size()).isEqualTo(SIZE);
    int asked = VideoProvider.STREAMS.get();
    try (SeekableByteChannel channel = source.open()) {
      assertThat(read(channel, 0, SIZE + 1)).isEqualTo(bytes);
      assertThat(read(channel, 100_000, 10)).isEqualTo(Arrays.copyOfRange(bytes, 100_000, 100_010));
    }
    // it looks whether the provider has a file by now, and reads nothing of the stream
    assertThat(VideoProvider.STREAMS.get()).isEqualTo(asked + 1);
    assertThat(copies()).hasSize(1);
  }

  private List<Path> copies() throws IOException {
    try (var files = Files.list(context.getCacheDir().toPath().resolve("reelbeam"))) {
      return files.toList();
    }
  }

  @Test
  public void aCopyIsKeptWhileAnUploadNeedsIt() throws IOException {
    ContentUriSource source = source("stream");
    source.open().close();
    VideoCopies.of(context).keepOnly(Set.of(source.reference()));
    assertThat(copies()).hasSize(1);
    VideoCopies.of(context).keepOnly(Set.of());
    assertThat(copies()).isEmpty();
    // the system may clear the cache at any time: it is made anew
    assertThat(source.size()).isEqualTo(SIZE);
  }

  @Test
  public void aStreamThatBreaksOffIsNoVideo() throws IOException {
    VideoProvider.declareSize(SIZE + 1);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> source("stream").size())
        .withMessageContaining("gave " + SIZE + " of " + (SIZE + 1) + " bytes");
    assertThat(copies()).isEmpty();
    VideoProvider.declareSize(SIZE);
    assertThat(source("stream").size()).isEqualTo(SIZE);
  }

  @Test
  public void itHasTheNameAndTheTimeThatTheProviderGives() throws IOException {
    ContentUriSource source = source("file");
    assertThat(source.name()).isEqualTo("holiday.mp4");
    assertThat(source.lastModified()).isEqualTo(Instant.ofEpochMilli(VideoProvider.MODIFIED));
    assertThat(source.reference()).isEqualTo("content://" + VideoProvider.AUTHORITY + "/file");
  }

  @Test
  public void withoutPermissionItSaysWhatToDo() {
    ContentUriSource source = source("file");
    VideoProvider.revoke();
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(source::size)
        .withMessageContaining(source.reference())
        .withMessageContaining("pick the video again")
        .withCauseInstanceOf(SecurityException.class);
    assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(source::open);
    assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(source::lastModified);
    // a name there is in any case
    assertThat(source.name()).isEqualTo("file");
  }

  @Test
  public void aVideoThatIsGoneIsMissing() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> source("deleted").size())
        .withMessageContaining("deleted");
  }

  @Test
  public void aProviderThatFailsIsNamed() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> source("broken").open())
        .withMessageContaining("content://" + VideoProvider.AUTHORITY + "/broken")
        .withMessageContaining("the provider's own mistake");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> source("nothing").open())
        .withMessageContaining("gave nothing");
  }

  @Test
  public void aFilesUriIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContentUriSource.of(context, Uri.parse("file:///sdcard/a.mp4")))
        .withMessageContaining("VideoSource.of(Path)");
  }
}
