package io.github.reelbeam.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.reelbeam.backend.BucketSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * What the CORS rule is for: a page uploads into the bucket with temporary credentials, and a page
 * of another origin does not get past the preflight.
 */
@Tag("real-store")
class BrowserUploadIT {
  private static final String KEY = "uploads/from-a-page.mp4";
  private static final String BODY = "a video";
  private static final String PUT_AND_TELL =
      """
      const [url, headers, done] = arguments;
      fetch(url, {method: 'PUT', headers: headers, body: '%s'})
          .then(r => done({status: r.status, eTag: r.headers.get('ETag')}))
          .catch(e => done({error: String(e)}));
      """
          .formatted(BODY);

  private final RealStore store = RealStore.fromEnvironment();
  private final S3Client s3 = store.s3();
  private final String bucket = RealStore.newBucketName();
  private final HttpServer app = emptyPage();
  private final HttpServer stranger = emptyPage();
  private List<String> console = List.of();

  @TempDir private Path folder;

  BrowserUploadIT() throws IOException {}

  @BeforeEach
  void setUpBucket() {
    s3.createBucket(b -> b.bucket(bucket));
    BucketSetup.builder(s3, bucket).allowedOrigins(origin(app)).build().apply();
  }

  @AfterEach
  void cleanUp() {
    app.stop(0);
    stranger.stop(0);
    s3.deleteObject(b -> b.bucket(bucket).key(KEY));
    s3.deleteBucket(b -> b.bucket(bucket));
    s3.close();
  }

  private static HttpServer emptyPage() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] page = "<!doctype html><title>app</title>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String origin(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void aPageOfTheAllowedOriginUploadsAndReadsTheETag() throws IOException {
    Map<?, ?> answer = putFrom(app);
    assertThat(answer.get("error")).isNull();
    assertThat(answer.get("status")).isEqualTo(200L);
    assertThat(answer.get("eTag")).isEqualTo(s3.headObject(b -> b.bucket(bucket).key(KEY)).eTag());
  }

  @Test
  void aPageOfAnotherOriginFailsInThePreflight() throws IOException {
    Map<?, ?> answer = putFrom(stranger);
    assertThat(answer.get("status")).isNull();
    assertThat(answer.get("error")).asString().contains("Failed to fetch");
    assertThat(console).anyMatch(line -> line.contains("preflight"));
    assertThatThrownBy(() -> s3.headObject(b -> b.bucket(bucket).key(KEY)))
        .isInstanceOf(NoSuchKeyException.class);
  }

  private Map<?, ?> putFrom(HttpServer page) throws IOException {
    Map<String, String> signed = signedPut();
    ChromeDriver browser = HeadlessBrowser.start(Files.createDirectory(folder.resolve("profile")));
    try {
      browser.get(origin(page) + "/");
      Object answer = browser.executeAsyncScript(PUT_AND_TELL, object().toString(), signed);
      console =
          browser.manage().logs().get(LogType.BROWSER).getAll().stream()
              .map(LogEntry::getMessage)
              .toList();
      return (Map<?, ?>) requireNonNull(answer);
    } finally {
      browser.quit();
    }
  }

  /**
   * The headers of a signed PUT: all but one are such as a page may not send without asking first.
   * A presigned URL would do on AWS; Ceph 16 checks its signature at the preflight too, and as that
   * is no PUT, refuses it.
   */
  private Map<String, String> signedPut() {
    SdkHttpFullRequest put =
        SdkHttpFullRequest.builder()
            .uri(object())
            .method(SdkHttpMethod.PUT)
            .putHeader("Content-Type", "video/mp4")
            .putHeader("x-amz-meta-title", "Coast")
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(temporaryKeys())
                        .request(put)
                        .payload(ContentStreamProvider.fromUtf8String(BODY))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, store.region())
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
    Map<String, String> headers = new TreeMap<>();
    signed.request().forEachHeader((name, values) -> headers.put(name, values.get(0)));
    headers.remove("Host"); // the browser's own affair
    return headers;
  }

  private AwsSessionCredentials temporaryKeys() {
    try (StsClient sts = store.sts()) {
      Credentials keys =
          sts.assumeRole(
                  b -> b.roleArn(store.roleArn()).roleSessionName("page").durationSeconds(900))
              .credentials();
      return AwsSessionCredentials.create(
          keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
    }
  }

  private URI object() {
    return URI.create(s3.utilities().getUrl(b -> b.bucket(bucket).key(KEY)).toString());
  }

  @Test
  void anAllowedPreflightIsAnsweredWithLeave() throws Exception {
    HttpResponse<String> answer = preflight(origin(app), "PUT");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(origin(app));
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods"))
        .hasValueSatisfying(methods -> assertThat(methods).contains("PUT"));
    assertThat(answer.headers().firstValue("Access-Control-Max-Age")).hasValue("3600");
  }

  @Test
  void aPreflightOfAnotherOriginIsRefused() throws Exception {
    HttpResponse<String> answer = preflight(origin(stranger), "PUT");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void aPreflightForAnotherMethodIsRefused() throws Exception {
    assertThat(preflight(origin(app), "DELETE").statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> preflight(String origin, String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(object())
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method)
            .header("Access-Control-Request-Headers", "content-type,x-amz-meta-title")
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
