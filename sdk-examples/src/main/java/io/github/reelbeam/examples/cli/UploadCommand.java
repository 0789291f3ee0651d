package io.github.reelbeam.examples.cli;

import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoUploader;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Uploads a file, or goes on with it. */
@Command(
    name = "upload",
    description = {
      "Upload a file straight to S3 and tell the backend.",
      "If it was begun before, the same command goes on with it."
    })
final class UploadCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec command;

  @Parameters(paramLabel = "FILE", description = "The video.")
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private Path file;

  @Option(
      names = "--content-type",
      paramLabel = "T",
      description = "The media type, like video/mp4; found out from the file by default.")
  private @Nullable String contentType;

  @Option(
      names = "--metadata",
      paramLabel = "k=v",
      description = "Stored with the object and told to the backend; may be repeated.")
  private Map<String, String> metadata = new LinkedHashMap<>();

  @Mixin private final BackendOptions backend = new BackendOptions();
  @Mixin private final TransferSettings transfer = new TransferSettings();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    URI base = backend.requiredBackend();
    Display display = output.display(String.valueOf(file.getFileName()));
    UploadRequest request = request(display);
    try (VideoUploader uploader = backend.uploader(base, transfer.options());
        GracefulStop stop = GracefulStop.armed()) {
      return stop.run(uploader, display, () -> uploader.upload(request));
    }
  }

  private UploadRequest request(UploadListener listener) {
    UploadRequest.Builder builder = UploadRequest.builder(file).listener(listener);
    try {
      if (contentType != null) {
        builder.contentType(contentType);
      }
      metadata.forEach(builder::metadata);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
    return builder.build();
  }
}
