package io.github.reelbeam;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.exactly;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.reelbeam.credentials.CredentialsFetcher.Request;
import io.github.reelbeam.credentials.HttpCredentialsFetcher;
import io.github.reelbeam.notify.HttpAssetNotifier;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.ProxiedRequest;
import io.github.reelbeam.testservers.RequestHead;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is meant for the backend goes there, what is meant for the store there, and no further. */
class NoOtherHostIT {
  private static final String API_KEY = "x-api-key";
  private static final String TOKEN = "x-amz-security-token";

  @RegisterExtension
  static final WireMockExtension OTHER =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @RegisterExtension
  static final WireMockExtension REDIRECTING =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @TempDir Path folder;

  /** An app's own client may well follow redirects. */
  private final OkHttpClient following =
      new OkHttpClient.Builder().followRedirects(true).followSslRedirects(true).build();

  @Test
  void neitherSideGetsWhatIsMeantForTheOther() throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), 2 * PART);
    try (Servers servers = Servers.start()) {
      URI backend = servers.backendProxy.uri();
      try (VideoUploader uploader =
          servers
              .uploader()
              .httpClient(following)
              .credentialsFetcher(
                  HttpCredentialsFetcher.builder(backend)
                      .authorization(() -> "Bearer of-the-app")
                      .header(API_KEY, "k-1")
                      .build())
              .assetNotifier(
                  HttpAssetNotifier.builder(backend)
                      .authorization(() -> "Bearer of-the-app")
                      .header(API_KEY, "k-1")
                      .build())
              .build()) {
        uploader.upload(UploadRequest.builder(file).build()).await();
      }
      assertThat(servers.backendProxy.requests())
          .hasSize(2)
          .extracting(ProxiedRequest::head)
          .extracting(RequestHead::headers)
          .allSatisfy(
              headers ->
                  assertThat(headers)
                      .containsEntry("authorization", "Bearer of-the-app")
                      .containsEntry(API_KEY, "k-1")
                      .doesNotContainKey(TOKEN));
      assertThat(servers.proxy.requests())
          .hasSizeGreaterThan(2)
          .extracting(ProxiedRequest::head)
          .extracting(RequestHead::headers)
          .allSatisfy(
              headers ->
                  assertThat(headers)
                      .containsKey(TOKEN)
                      .doesNotContainKey(API_KEY)
                      .hasEntrySatisfying(
                          "authorization", value -> assertThat(value).startsWith("AWS4-")));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void aStoreCannotSendAnUploadElsewhere(int status) throws Exception {
    OTHER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), 2 * PART);
    Fault elsewhere =
        new Fault.Answer(status, Map.of("Location", OTHER.baseUrl() + "/videos/1.mp4"), "");
    try (Servers servers = Servers.start();
        VideoUploader uploader = servers.uploader().httpClient(following).build()) {
      servers.faults(head -> head.partNumber().isPresent() ? elsewhere : Fault.pass());
      Upload upload = uploader.upload(UploadRequest.builder(file).build());

      assertThat(catchThrowableOfType(UploadException.class, upload::await)).isNotNull();
      assertThat(servers.partRequests()).isNotEmpty();
    }
    OTHER.verify(exactly(0), anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aBackendCannotSendTheAuthorizationElsewhere(int status) {
    OTHER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
    REDIRECTING.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Location", OTHER.baseUrl() + "/api/v1/uploads")));
    HttpCredentialsFetcher fetcher =
        HttpCredentialsFetcher.builder(URI.create(REDIRECTING.baseUrl()))
            .authorization(() -> "Bearer of-the-app")
            .httpClient(following)
            .build();

    GrantException refusal =
        catchThrowableOfType(
            GrantException.class,
            () -> fetcher.issue(new Request("a.mp4", "video/mp4", 1, Map.of())));

    assertThat(refusal.status()).hasValue(status);
    OTHER.verify(exactly(0), anyRequestedFor(anyUrl()));
  }
}
