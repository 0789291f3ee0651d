package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.backend.IssuedGrant;
import io.github.reelbeam.backend.ObjectKeys;
import io.github.reelbeam.backend.RenewalTokens;
import io.github.reelbeam.backend.TemporaryCredentials;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grants that the backend's library writes keep to {@code docs/openapi.yaml}. */
class BackendContractTest {
  private static final Instant EXPIRATION = Instant.parse("2026-01-31T12:00:00.999Z");

  private final ContractValidator contract = new ContractValidator();

  private static IssuedGrant grant(@Nullable URI endpoint, boolean pathStyle) {
    String key = ObjectKeys.withPrefix("incoming/").next("holiday.MP4");
    RenewalTokens tokens = RenewalTokens.signingWith("k1", new byte[32]).build();
    return new IssuedGrant(
        new TemporaryCredentials("id", "secret", "token", EXPIRATION),
        "eu-central-1",
        "videos",
        key,
        endpoint,
        pathStyle,
        tokens.issue(key, "ada", EXPIRATION));
  }

  private List<String> problems(String path, int status, IssuedGrant grant) {
    return contract.responseProblems(
        new Exchange(
            "POST",
            path,
            Map.of(),
            "",
            status,
            Map.of(
                "Content-Type", List.of("application/json"),
                "Cache-Control", List.of("no-store")),
            grant.toJson()));
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/uploads, 201", "/api/v1/uploads/renewals, 200"})
  void aGrantForAws(String path, int status) {
    assertThat(problems(path, status, grant(null, false))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/uploads, 201", "/api/v1/uploads/renewals, 200"})
  void aGrantForAnotherStore(String path, int status) {
    URI endpoint = URI.create("http://127.0.0.1:9000");
    assertThat(problems(path, status, grant(endpoint, true))).isEmpty();
  }

  /** So that the tests above can fail. */
  @Test
  void aGrantForAStoreWhoseAddressIsNoUrl() {
    URI endpoint = URI.create("store:9000");
    assertThat(problems("/api/v1/uploads", 201, grant(endpoint, true))).isNotEmpty();
  }
}
