package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.ProxiedRequest;
import io.github.reelbeam.testservers.RequestHead;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose clock is off: the store says so, and from then on its time is signed. */
class ClockSkewIT {
  private static final Duration SKEW = Duration.ofMinutes(10);
  private static final DateTimeFormatter SIGNED =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

  @TempDir Path folder;

  @Test
  void theStoresTimeIsSigned() throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), 2 * PART);
    RecordingListener listener = new RecordingListener();
    try (Servers servers = Servers.start();
        VideoUploader uploader =
            servers.uploader().transferOptions(Servers.options().parallelism(1).build()).build()) {
      servers.faults(ClockSkewIT::faultOf);
      VideoAsset asset =
          uploader.upload(UploadRequest.builder(file).listener(listener).build()).await();
      listener.verify("completed");
      assertThat(listener.retries()).hasSize(1);
      assertThat(TestFiles.mismatch(file, servers.s3.open(asset.key()))).isEqualTo(-1);

      List<Duration> ahead =
          servers.partRequests().stream()
              .map(ProxiedRequest::head)
              .map(ClockSkewIT::ahead)
              .toList();
      assertThat(ahead).hasSize(3);
      assertThat(ahead.get(0)).isLessThan(Duration.ofMinutes(1));
      assertThat(ahead.subList(1, 3))
          .allSatisfy(by -> assertThat(by).isBetween(SKEW.minusMinutes(1), SKEW.plusMinutes(1)));
    }
  }

  private static Fault faultOf(RequestHead head) {
    if (head.partNumber().orElse(0) != 1 || head.attempt() > 1) {
      return Fault.pass();
    }
    return Fault.requestTimeTooSkewed(403, Instant.now().plus(SKEW));
  }

  private static Duration ahead(RequestHead head) {
    LocalDateTime signed =
        LocalDateTime.parse(head.headers().getOrDefault("x-amz-date", ""), SIGNED);
    return Duration.between(LocalDateTime.now(ZoneOffset.UTC), signed);
  }
}
