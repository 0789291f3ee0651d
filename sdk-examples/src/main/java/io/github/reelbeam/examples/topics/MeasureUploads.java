package io.github.reelbeam.examples.topics;

import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import io.github.reelbeam.micrometer.ReelbeamMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;

/** Counts and times uploads with Micrometer. Arguments: BACKEND FILE. */
public final class MeasureUploads {
  private MeasureUploads() {}

  /** Uploads the file and prints the meters. */
  public static void main(String... arguments) throws InterruptedException {
    URI backend = URI.create(arguments[0]);
    Path file = Path.of(arguments[1]).toAbsolutePath();
    MeterRegistry registry = new SimpleMeterRegistry();

    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(backend, () -> "Bearer token-of-your-session")
            .journal(FileUploadJournal.at(file.resolveSibling("uploads")))
            .listenerFactory(new ReelbeamMetrics(registry))
            .build()) {
      uploader.upload(UploadRequest.builder(file).build()).await();
    }
    registry
        .getMeters()
        .forEach(meter -> System.out.println(meter.getId() + " " + meter.measure()));
  }
}
