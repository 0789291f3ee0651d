package io.github.reelbeam.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reelbeam.backend.RegisteredAsset;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteAssetStoreTest {
  @TempDir private Path folder;
  private Path file;
  private SqliteAssetStore assets;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("new").resolve("assets.db");
    assets = SqliteAssetStore.open(file);
  }

  @AfterEach
  void close() {
    assets.close();
  }

  @Test
  void whatIsRegisteredIsFoundAsItWas() {
    RegisteredAsset asset = Assets.of("upload", "key");

    assertThat(assets.register(asset)).isEqualTo(asset);
    assertThat(assets.findByUploadId("upload")).contains(asset);
    assertThat(assets.find("ada", asset.assetId())).contains(asset);
  }

  @Test
  void whatMayBeMissingIsMissingAfterwards() {
    RegisteredAsset asset = Assets.sparse("upload", "key");

    assertThat(assets.register(asset)).isEqualTo(asset);
  }

  @Test
  void nothingIsFoundThatIsNotThere() {
    assertThat(assets.findByUploadId("upload")).isEmpty();
    assertThat(assets.find("ada", "asset")).isEmpty();
    assertThat(assets.list("ada", 10, null).assets()).isEmpty();
  }

  @Test
  void theSecondAssetOfAnUploadIsTheFirst() {
    RegisteredAsset first = assets.register(Assets.of("upload", "key"));

    assertThat(assets.register(Assets.of("upload", "other"))).isEqualTo(first);
    assertThat(assets.list("ada", 10, null).assets()).containsExactly(first);
  }

  @Test
  void theSecondAssetOfAKeyIsTheFirst() {
    RegisteredAsset first = assets.register(Assets.of("upload", "key"));

    assertThat(assets.register(Assets.of("other", "key"))).isEqualTo(first);
  }

  @Test
  void theUploadCountsMoreThanTheKey() {
    assets.register(Assets.of("other", "key"));
    RegisteredAsset ofUpload = assets.register(Assets.of("upload", "elsewhere"));

    assertThat(assets.register(Assets.of("upload", "key"))).isEqualTo(ofUpload);
  }

  @Test
  void aFailedRegistrationLeavesNothingOpen() {
    RegisteredAsset asset = Assets.of("upload", "key");
    RegisteredAsset impossible = Assets.of("ada", "upload", "key", 0);

    assertThatThrownBy(() -> assets.register(impossible)).hasMessageContaining("size > 0");
    assertThat(assets.register(asset)).isEqualTo(asset);
  }

  @Test
  void aListHasTheNewestFirstAndTheRestInFurtherPages() {
    List<RegisteredAsset> registered = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      registered.add(0, assets.register(Assets.of("upload-" + i, "key-" + i)));
    }

    SqliteAssetStore.Listing newest = assets.list("ada", 2, null);
    SqliteAssetStore.Listing middle = assets.list("ada", 2, newest.next());
    SqliteAssetStore.Listing oldest = assets.list("ada", 2, middle.next());

    assertThat(newest.assets()).isEqualTo(registered.subList(0, 2));
    assertThat(middle.assets()).isEqualTo(registered.subList(2, 4));
    assertThat(oldest.assets()).isEqualTo(registered.subList(4, 5));
    assertThat(oldest.next()).isNull();
  }

  @Test
  void aPageThatIsJustFullIsTheLast() {
    assets.register(Assets.of("upload", "key"));

    assertThat(assets.list("ada", 1, null).next()).isNull();
  }

  @Test
  void nobodyFindsTheAssetsOfOthers() {
    RegisteredAsset asset = assets.register(Assets.of("ada", "upload", "key"));

    assertThat(assets.find("bob", asset.assetId())).isEmpty();
    assertThat(assets.list("bob", 10, null).assets()).isEmpty();
  }

  @Test
  void assetsSurviveACloseAndAnOpen() throws IOException {
    RegisteredAsset asset = assets.register(Assets.of("upload", "key"));
    assets.close();

    assets = SqliteAssetStore.open(file);

    assertThat(assets.findByUploadId("upload")).contains(asset);
  }

  @Test
  void whatRegisterHasReturnedSurvivesAProcessThatEndsAtOnce() throws Exception {
    List<String> ids = RegisteringProgram.output(RegisteringProgram.start(file, 20));

    assertThat(ids).hasSize(20);
    for (int i = 0; i < ids.size(); i++) {
      assertThat(assets.findByUploadId("upload-" + i).orElseThrow().assetId())
          .isEqualTo(ids.get(i));
    }
  }

  @Test
  void twoProcessesAtOnceMakeOneAssetOfEachUpload() throws Exception {
    Process one = RegisteringProgram.start(file, 100);
    Process other = RegisteringProgram.start(file, 100);

    assertThat(RegisteringProgram.output(one)).isEqualTo(RegisteringProgram.output(other));
    assertThat(assets.list("ada", 200, null).assets()).hasSize(100);
  }

  @Test
  void manyThreadsOnTwoConnectionsMakeOneAssetOfAnUpload() throws Exception {
    try (SqliteAssetStore second = SqliteAssetStore.open(file)) {
      for (int round = 0; round < 20; round++) {
        String name = "upload-" + round;
        List<RegisteredAsset> registered =
            atOnce(i -> (i % 2 == 0 ? assets : second).register(Assets.of(name, name)));
        assertThat(registered).hasSize(16).containsOnly(registered.get(0));
      }
    }
    assertThat(assets.list("ada", 100, null).assets()).hasSize(20);
  }

  @Test
  void manyThatOpenANewFileAtOnceAllGetIt() throws Exception {
    Path fresh = folder.resolve("fresh.db");

    List<SqliteAssetStore> opened = atOnce(i -> SqliteAssetStore.open(fresh));

    assertThat(opened).allMatch(SqliteAssetStore::isUp);
    opened.forEach(SqliteAssetStore::close);
  }

  @Test
  void aFileOfALaterVersionIsRefused() throws Exception {
    assets.close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 2");
    }

    assertThatThrownBy(() -> SqliteAssetStore.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has version 2");
  }

  @Test
  void aDatabaseThatIsClosedIsNotUp() {
    assertThat(assets.isUp()).isTrue();

    assets.close();

    assertThat(assets.isUp()).isFalse();
  }

  private interface Work<T> {
    T run(int number) throws Exception;
  }

  private static <T> List<T> atOnce(Work<T> work) throws Exception {
    int count = 16;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<T>> futures =
          IntStream.range(0, count)
              .<Callable<T>>mapToObj(
                  i ->
                      () -> {
                        start.await();
                        return work.run(i);
                      })
              .map(threads::submit)
              .toList();
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
