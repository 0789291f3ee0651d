package io.github.reelbeam.examples.conformance;

import static com.github.tomakehurst.wiremock.client.WireMock.created;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTest {
  private final WireMockServer backend = new WireMockServer(options().dynamicPort());
  private Wire wire;

  @BeforeEach
  void start() {
    backend.start();
    wire = new Wire(URI.create(backend.baseUrl() + "/app?tenant=1"), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    wire.close();
    backend.stop();
  }

  @Test
  void pathsAreAddedToTheBaseWhoseQueryStays() throws Exception {
    backend.stubFor(post("/app/api/v1/uploads?tenant=1").willReturn(created()));

    assertThat(ask().status()).isEqualTo(201);
  }

  @Test
  void redirectsAreSeenAndNotFollowed() throws Exception {
    backend.stubFor(
        post("/app/api/v1/uploads?tenant=1").willReturn(temporaryRedirect("/elsewhere")));

    assertThat(ask().inWords())
        .isEqualTo("302, a redirect to /elsewhere, which clients do not follow");
    backend.verify(0, postRequestedFor(urlEqualTo("/elsewhere")));
  }

  @Test
  void aBusyBackendThatNamesATimeIsAskedAgain() throws Exception {
    backend.stubFor(
        post("/app/api/v1/uploads?tenant=1")
            .inScenario("busy")
            .willReturn(status(429).withHeader("Retry-After", "0"))
            .willSetStateTo("free"));
    backend.stubFor(
        post("/app/api/v1/uploads?tenant=1")
            .inScenario("busy")
            .whenScenarioStateIs("free")
            .willReturn(created()));

    assertThat(ask().status()).isEqualTo(201);
    assertThat(wire.answers()).extracting(Answer::status).containsExactly(429, 201);
  }

  @Test
  void aBusyBackendThatNamesNoTimeIsTakenAtItsWord() throws Exception {
    backend.stubFor(
        post("/app/api/v1/uploads?tenant=1")
            .inScenario("busy")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(status(503)));

    assertThat(ask().status()).isEqualTo(503);
    backend.verify(1, postRequestedFor(urlEqualTo("/app/api/v1/uploads?tenant=1")));
  }

  @Test
  void noAnswerSaysWhatWasAsked() {
    backend.stop();

    assertThatThrownBy(this::ask)
        .isInstanceOfSatisfying(
            NoAnswerException.class,
            none -> assertThat(none.sent()).isEqualTo("POST api/v1/uploads, a video"))
        .hasMessageContaining("no answer");
  }

  private Answer ask() throws Exception {
    return wire.post("api/v1/uploads", "{}", "a video", Map.of());
  }
}
