package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.journal.FileUploadJournal;
import io.github.reelbeam.notify.AssetNotifier;
import io.github.reelbeam.testservers.Asset;
import io.github.reelbeam.testservers.StoredObject;
import io.github.reelbeam.testservers.TemporaryKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people call their files, and backends their keys, arrives as it is and breaks nothing. */
class NamesIT {
  private static final Duration VALID = Duration.ofHours(1);
  private static final int SMALL = 10;

  private static Servers servers;
  @TempDir Path folder;

  @BeforeAll
  static void startServers() {
    servers = Servers.start();
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "holiday in May.mp4",
        "größe – 日本語 – עברית.mp4",
        "🎬👨‍👩‍👧‍👦.mp4",
        "cafe\u0301.mp4",
        "100% + 1 & more = #?.mp4",
        "it's \"quoted\" <b>&amp;</b>.mp4",
        "../../etc/passwd",
        "C:\\videos\\holiday.mp4",
        ".mp4",
        "..",
        "no extension",
        "tab\tand\r\nX-Evil: 1.mp4",
        "a\u202e4pm.exe",
        "%2e%2e%2fholiday.MP4",
        "{\"key\":\"other\"}.mp4"
      })
  void aFileOfAnyNameIsStored(String fileName) throws Exception {
    Path file = TestFiles.random(folder.resolve("file"), SMALL);
    VideoAsset asset;
    try (VideoUploader uploader =
        servers.uploader().journal(FileUploadJournal.at(folder.resolve("journal"))).build()) {
      asset = uploader.upload(UploadRequest.builder(file).fileName(fileName).build()).await();
    }
    assertThat(TestFiles.mismatch(file, servers.s3.open(asset.key()))).isEqualTo(-1);
    assertThat(asset.key()).matches("incoming/[0-9a-f-]{36}(\\.mp4)?");
    assertThat(servers.backend.assets()).last().extracting(Asset::fileName).isEqualTo(fileName);
  }

  @Test
  void aFileIsFoundUnderItsOwnOddName() throws Exception {
    Path file = TestFiles.random(folder.resolve("🎬 100% + ü\n'.mp4"), SMALL);
    try (VideoUploader uploader = servers.uploader().build()) {
      VideoAsset asset = uploader.upload(UploadRequest.builder(file).build()).await();
      assertThat(TestFiles.mismatch(file, servers.s3.open(asset.key()))).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'title',           '  a  b  '",
    "'Upper-Case',      'A, B; c=\"d\"'",
    "'!#$&*+.^_`|~',    '100% <x> & y'",
    "'x-amz-acl',       'x-amz-acl: public-read'",
    "'empty',           ''"
  })
  void metadataArriveAsTheyAre(String name, String value) throws Exception {
    Path file = TestFiles.random(folder.resolve("file.mp4"), SMALL);
    UploadRequest request = UploadRequest.builder(file).metadata(name, value).build();
    try (VideoUploader uploader = servers.uploader().build()) {
      VideoAsset asset = uploader.upload(request).await();
      StoredObject stored = servers.s3.find(asset.key()).orElseThrow();
      assertThat(stored.metadata()).containsAllEntriesOf(request.metadata());
      assertThat(asset.metadata()).isEqualTo(Map.of(name.toLowerCase(Locale.ROOT), value.trim()));
    }
  }

  static Stream<String> keys() {
    return Stream.of(
        "holiday in May.mp4",
        "größe/日本語/עברית.mp4",
        "🎬/👨‍👩‍👧‍👦.mp4",
        "cafe\u0301.mp4",
        "a+b c%20d%2Fe.mp4",
        "it's \"quoted\" <b>&amp;</b>!*()@,;:=$.mp4",
        ".hidden/..a/b..",
        "%2e%2e/x",
        "tab\tnewline\n.mp4",
        "{}[]|^`~\\.mp4",
        // 1,024 bytes, of which no piece is too long for a file system
        "k".repeat(204) + ("/" + "k".repeat(204)).repeat(4).substring(0, 820));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void anObjectIsStoredUnderAnyKeyThatIsTaken(String key) throws Exception {
    store(key, SMALL);
  }

  @Test
  void partsAreStoredUnderAnOddKeyToo() throws Exception {
    store("🎬 a+b/100% 'ü'.mp4", Servers.PART + 1);
  }

  private void store(String key, int size) throws IOException, InterruptedException {
    Path file = TestFiles.random(folder.resolve("file.mp4"), size);
    try (VideoUploader uploader =
        servers
            .uploader()
            .credentialsFetcher(CredentialsFetcher.of(grant(key)))
            .assetNotifier(AssetNotifier.none())
            .build()) {
      VideoAsset asset = uploader.upload(UploadRequest.builder(file).build()).await();
      assertThat(asset.key()).isEqualTo(key);
    }
    assertThat(servers.s3.keys()).contains(key);
    assertThat(TestFiles.mismatch(file, servers.s3.open(key))).isEqualTo(-1);
  }

  private static UploadGrant grant(String key) {
    TemporaryKeys keys = servers.s3.issue(key, VALID);
    return new UploadGrant(
        new TemporaryCredentials(
            keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken(), keys.expiration()),
        servers.s3.bucket(),
        key,
        servers.s3.region(),
        servers.s3.endpoint(),
        true,
        null,
        VALID);
  }
}
