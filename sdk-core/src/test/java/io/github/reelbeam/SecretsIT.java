package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.testservers.BackendCall;
import io.github.reelbeam.testservers.BackendFault;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.FaultProxy;
import io.github.reelbeam.testservers.IssuedGrant;
import io.github.reelbeam.testservers.RequestHead;
import io.github.reelbeam.testservers.TemporaryKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise: no secret reaches a disk or a log, whatever is logged. A process logs everything;
 * then every byte it has written is searched.
 */
class SecretsIT {
  private static final Pattern SIGNATURE = Pattern.compile("Signature=([0-9a-f]{64})");
  private static final Pattern RENEWAL_TOKEN = Pattern.compile("\"renewalToken\":\"([^\"]+)\"");
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9]+");

  @TempDir Path folder;
  private final String bearerToken = UUID.randomUUID().toString().replace("-", "");
  private final Set<String> signatures = ConcurrentHashMap.newKeySet();
  private final Set<String> renewalTokens = ConcurrentHashMap.newKeySet();
  private final List<BackendCall.Operation> calls = new ArrayList<>();
  private Path video;
  private Path written;

  @BeforeEach
  void prepare() throws IOException {
    video = TestFiles.random(folder.resolve("holiday.mp4"), 3 * PART);
    written = Files.createDirectories(folder.resolve("written"));
    Files.createDirectories(written.resolve("tmp"));
  }

  @Test
  void anUploadWithEveryMishapWritesNone() throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.start();
        FaultProxy proxy = FaultProxy.start(s3.endpoint(), this::faultOf);
        EmbeddedBackend backend =
            EmbeddedBackend.builder(s3)
                .s3Endpoint(proxy.uri())
                .bearerToken(bearerToken, "alice")
                .faults(this::faultOf)
                .start()) {
      upload(backend, List.of());

      String output = text(written.resolve("stdout.txt"));
      assertThat(output).contains("PartRetry[", "CredentialsRenewed[", "PAUSED", "completed");
      assertThat(calls)
          .containsSubsequence(
              BackendCall.Operation.GRANT,
              BackendCall.Operation.RENEWAL,
              BackendCall.Operation.NOTIFICATION,
              BackendCall.Operation.NOTIFICATION);
      assertThat(backend.renewals()).isNotEmpty();
      assertThat(signatures).hasSizeGreaterThan(6);
      assertThat(renewalTokens).isNotEmpty();
      checkAllWasLogged(backend);
      assertThat(findings(secrets(s3, backend))).isEmpty();
    }
  }

  @Test
  void anUploadOverHttpsWritesNone() throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.builder().https().start();
        EmbeddedBackend backend =
            EmbeddedBackend.builder(s3).bearerToken(bearerToken, "alice").start()) {
      upload(
          backend,
          List.of(
              "-Djavax.net.ssl.trustStore=" + s3.trustStore().orElseThrow(),
              "-Djavax.net.ssl.trustStorePassword=" + s3.trustStorePassword()));
      checkAllWasLogged(backend);
      assertThat(findings(secrets(s3, backend))).isEmpty();
    }
  }

  /** As AWS does, the store quotes in its refusals what it was given. */
  private Fault faultOf(RequestHead head) {
    String authorization = head.headers().getOrDefault("authorization", "");
    Matcher signature = SIGNATURE.matcher(authorization);
    if (signature.find()) {
      signatures.add(signature.group(1));
    }
    String token = head.headers().getOrDefault("x-amz-security-token", "");
    int part = head.partNumber().orElse(0);
    if (part == 2 && head.attempt() == 1) {
      return new Fault.LimitRate(2L * PART);
    }
    if (part == 3 && head.attempt() == 1) {
      return error(
          500,
          "InternalError",
          "<CanonicalRequest>x-amz-security-token:%s</CanonicalRequest>".formatted(token)
              + "<SignatureProvided>%s</SignatureProvided>".formatted(authorization));
    }
    if (part == 3 && head.attempt() == 2) {
      return error(400, "ExpiredToken", "<Token-0>" + token + "</Token-0>");
    }
    return Fault.pass();
  }

  private static Fault error(int status, String code, String details) {
    return new Fault.Answer(
        status,
        Map.of("Content-Type", "application/xml"),
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>%s</Code><Message>no</Message>%s<RequestId>R</RequestId></Error>
        """
            .formatted(code, details));
  }

  private synchronized BackendFault faultOf(BackendCall call) {
    calls.add(call.operation());
    Matcher token = RENEWAL_TOKEN.matcher(call.body());
    if (token.find()) {
      renewalTokens.add(token.group(1));
    }
    return call.operation() == BackendCall.Operation.NOTIFICATION && call.number() == 1
        ? BackendFault.answer(503)
        : BackendFault.none();
  }

  /** Runs {@link LoggedUpload} in a process that writes nowhere but where is searched. */
  private void upload(EmbeddedBackend backend, List<String> options) throws Exception {
    Path logging =
        Files.writeString(
            folder.resolve("logging.properties"),
            """
            handlers=java.util.logging.FileHandler
            .level=ALL
            java.util.logging.FileHandler.level=ALL
            java.util.logging.FileHandler.pattern=%s
            java.util.logging.FileHandler.formatter=java.util.logging.SimpleFormatter
            okhttp3.internal.http2.Http2.level=ALL
            okhttp3.internal.concurrent.TaskRunner.level=ALL
            """
                .formatted(written.resolve("jul.txt")));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Djava.io.tmpdir=" + written.resolve("tmp"));
    command.add("-Duser.home=" + written);
    command.add("-Djava.util.logging.config.file=" + logging);
    command.add("-Dtest.log.level=trace");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LoggedUpload.class.getName());
    command.addAll(List.of(video.toString(), written.toString(), backend.uri().toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(written.toFile())
            .redirectOutput(written.resolve("stdout.txt").toFile())
            .redirectError(written.resolve("stderr.txt").toFile())
            .start();
    try {
      process.getOutputStream().write((bearerToken + "\n").getBytes(UTF_8));
      process.getOutputStream().close();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the process ended").isTrue();
      assertThat(process.exitValue()).as(text(written.resolve("stderr.txt"))).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** What is searched is what was said: each of those who could say too much has said something. */
  private void checkAllWasLogged(EmbeddedBackend backend) throws IOException {
    String key = backend.assets().get(0).key();
    Stream.of(
            "TRACE software.amazon.awssdk.core.interceptor.ExecutionInterceptorChain",
            "DEBUG software.amazon.awssdk.request - Sending Request",
            "DEBUG software.amazon.awssdk.services.s3",
            "DEBUG io.github.reelbeam.http")
        .forEach(line -> assertThat(said("stderr.txt", line)).as(line).isTrue());
    assertThat(said("jul.txt", "okhttp3.internal.concurrent")).as("OkHttp's log").isTrue();
    assertThat(findings(Map.of("the key", key)))
        .contains("the key in stderr.txt", "the key in stdout.txt")
        .anyMatch(finding -> finding.startsWith("the key in copies/"));
  }

  /** A check that fails with the whole log in its message would be no help. */
  private boolean said(String file, String words) {
    try {
      return text(written.resolve(file)).contains(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> secrets(EmbeddedS3 s3, EmbeddedBackend backend) {
    Map<String, String> secrets = new TreeMap<>();
    Stream.concat(backend.grants().stream(), backend.renewals().stream())
        .map(IssuedGrant::accessKeyId)
        .forEach(
            id -> {
              TemporaryKeys keys = s3.issued(id).orElseThrow();
              secrets.put("the secret key of " + id, keys.secretAccessKey());
              secrets.put("the session token of " + id, keys.sessionToken());
            });
    secrets.put("the bearer token", bearerToken);
    signatures.forEach(signature -> secrets.put("the signature " + signature, signature));
    return secrets;
  }

  /** Which of the texts is in which of the files that the process has written. */
  private List<String> findings(Map<String, String> texts) throws IOException {
    List<String> findings = new ArrayList<>();
    try (Stream<Path> files = Files.walk(written)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String bytes = text(file);
        Path name = written.relativize(file);
        texts.forEach(
            (what, value) -> {
              if (bytes.contains(longestRun(value))) {
                findings.add(what + " in " + name);
              }
            });
        // it is in the journal on purpose: docs/decisions/2026-11-22-renewal-token-in-the-journal
        if (name.getNameCount() == 1 && renewalTokens.stream().anyMatch(bytes::contains)) {
          findings.add("a renewal token in " + name);
        }
      }
    }
    return findings;
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), ISO_8859_1);
  }

  /** The longest run of letters and digits: it is the same however the whole is escaped. */
  private static String longestRun(String value) {
    return RUN.matcher(value)
        .results()
        .map(MatchResult::group)
        .max(Comparator.comparingInt(String::length))
        .orElseThrow();
  }
}
