package io.github.reelbeam.examples.cli;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import io.github.reelbeam.journal.UploadJournal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which backend, as whom, and where the journal is. */
final class BackendOptions {
  static final String TOKEN_VARIABLE = "REELBEAM_TOKEN";

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec command;

  private @Nullable URI backend;

  @Option(
      names = "--token",
      paramLabel = "T",
      description = {
        "What the backend knows you by, sent as a bearer token.",
        "Better in the environment, as " + TOKEN_VARIABLE + ": a command line is visible to all."
      })
  private @Nullable String token;

  @Option(
      names = "--allow-http",
      description = {
        "Send the token and the video over plain http to other machines too.",
        "For a trusted network only: all on the way can read them."
      })
  private boolean allowHttp;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = {
        "Where unfinished uploads are remembered; no secret is stored.",
        "By default $XDG_STATE_HOME/reelbeam or ~/.local/state/reelbeam."
      })
  private @Nullable Path state;

  @Option(
      names = "--backend",
      paramLabel = "URL",
      description = "The backend that gives leave and is told of the video.")
  void setBackend(URI url) {
    this.backend = WebUrl.checked("--backend", url, command);
  }

  Optional<URI> backend() {
    return Optional.ofNullable(backend);
  }

  URI requiredBackend() {
    return backend().orElseThrow(() -> wrong("Missing required option: '--backend=URL'"));
  }

  /**
   * The backend of a pending upload: the one given, or else the one it was begun with, whose URL is
   * its name in the journal.
   */
  URI backendOr(String recorded) {
    if (backend != null) {
      return backend;
    }
    if (!recorded.startsWith("http://") && !recorded.startsWith("https://")) {
      throw wrong("this upload was not begun with a URL; give the backend with --backend=URL");
    }
    return URI.create(recorded);
  }

  Path stateFolder() {
    return state != null ? state : StateFolder.standard();
  }

  UploadJournal journal() {
    return FileUploadJournal.at(stateFolder());
  }

  VideoUploader uploader(URI base, TransferOptions options) {
    VideoUploader.Builder uploader =
        VideoUploader.builder()
            .backend(base, this::authorization)
            .journal(journal())
            .transferOptions(options);
    if (allowHttp) {
      uploader.allowCleartext();
    }
    try {
      return uploader.build();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw wrong(message + (message.contains("plain http") ? " (here: --allow-http)" : ""));
    }
  }

  private String authorization() {
    String known = token != null ? token : System.getenv(TOKEN_VARIABLE);
    return known == null || known.isBlank() ? "" : "Bearer " + known.strip();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
