package io.github.reelbeam.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.testservers.BackendCall;
import io.github.reelbeam.testservers.BackendCall.Operation;
import io.github.reelbeam.testservers.BackendFault;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.JavaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand uploads in one process leave nothing behind in it. */
class ThousandUploadsIT {
  private static final int UPLOADS = 1000;

  /** Until then classes are loaded, pools have as many threads as they ever need, caches fill. */
  private static final int WARM = 200;

  /**
   * The pools let a thread go after a minute without work and start one when all are busy: how many
   * there are at a moment is a matter of chance. One thread that each upload left behind, or each
   * uploader, would be hundreds.
   */
  private static final int MORE_THREADS = 16;

  /** Idle connections likewise: up to nine in each of the three pools. */
  private static final int MORE_DESCRIPTORS = 27;

  /**
   * What 800 uploads may add to the heap. One that is kept after its end holds 18 KiB, as was
   * measured: all of them would be 14 MiB. The rest is for what the JDK keeps by the way.
   */
  private static final long MORE_HEAP_KIB = 1024;

  private static final Pattern UPLOAD_ID = Pattern.compile("\"uploadId\":\"([^\"]+)\"");

  @TempDir Path folder;
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  @Test
  @Tag("slow")
  void leaveNothingBehind() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    try (EmbeddedS3 s3 = EmbeddedS3.start();
        EmbeddedBackend backend =
            EmbeddedBackend.builder(s3).keepLeftovers().faults(this::refuseOnce).start();
        JavaProgram app =
            JavaProgram.start(
                folder,
                ThousandUploads.class,
                List.of(
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-Djava.io.tmpdir=" + temporary,
                    "-Dtest.log.level=error"),
                List.of(backend.uri().toString(), folder.toString(), Integer.toString(UPLOADS)),
                Map.of())) {
      assertThat(app.awaitExit(Duration.ofMinutes(5))).as("%s", app).isZero();
      List<Figures> all = Figures.in(app.stdout());
      report(all);
      verifyFlat(all.subList(0, all.size() - 1));
      assertThat(app.stdout()).contains(ThousandUploads.THREADS_LEFT + "[]");
      verifyNothingLeft(all.get(all.size() - 1), s3, temporary);
      assertThat(app.stderr()).as("uncaught exceptions").doesNotContain("Exception in thread");
    }
  }

  private BackendFault refuseOnce(BackendCall call) {
    Matcher id = UPLOAD_ID.matcher(call.body());
    return call.operation() == Operation.NOTIFICATION
            && call.body().contains("\"fileName\":\"" + ThousandUploads.REFUSED)
            && id.find()
            && refused.add(id.group(1))
        ? BackendFault.answer(422)
        : BackendFault.none();
  }

  private static void report(List<Figures> all) throws Exception {
    String table = Figures.table(all);
    System.out.println(table);
    Files.writeString(Path.of("target", "thousand-uploads.md"), table);
  }

  private static void verifyFlat(List<Figures> all) {
    assertThat(all).hasSize(UPLOADS / ThousandUploads.A_HUNDRED);
    Figures warm = all.get(WARM / ThousandUploads.A_HUNDRED - 1);
    assertThat(all.subList(WARM / ThousandUploads.A_HUNDRED, all.size()))
        .allSatisfy(
            later -> {
              assertThat(later.threads()).isLessThanOrEqualTo(warm.threads() + MORE_THREADS);
              assertThat(later.descriptors())
                  .isLessThanOrEqualTo(warm.descriptors() + MORE_DESCRIPTORS);
              assertThat(later.heapKib()).isLessThanOrEqualTo(warm.heapKib() + MORE_HEAP_KIB);
              assertThat(later.files()).as("the journal's own lock").isEqualTo(1);
            });
  }

  private void verifyNothingLeft(Figures last, EmbeddedS3 s3, Path temporary) throws Exception {
    assertThat(last.own()).isZero();
    assertThat(last.files()).isEqualTo(1);
    try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .containsExactly(".journal.lock");
    }
    assertThat(temporary).isEmptyDirectory();
    assertThat(s3.openUploads()).isEmpty();
  }
}
