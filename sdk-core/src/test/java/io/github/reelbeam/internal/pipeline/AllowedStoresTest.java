package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.internal.http.HostPattern;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedStoresTest {
  private static AllowedStores stores(boolean cleartext, String... list) {
    List<HostPattern> patterns = Stream.of(list).map(HostPattern::of).toList();
    return new AllowedStores(TransferOptions.defaults(), cleartext, patterns);
  }

  private static Target at(@Nullable String endpoint, boolean pathStyle) {
    return new Target(
        "videos",
        "in/1.mp4",
        "eu-central-1",
        endpoint == null ? null : URI.create(endpoint),
        pathStyle,
        null);
  }

  private static Target inRegion(String region) {
    return new Target("videos", "in/1.mp4", region, null, false, null);
  }

  private static void taken(AllowedStores stores, Target target) {
    assertThatCode(() -> stores.check(target)).doesNotThrowAnyException();
  }

  private static GrantException refusal(AllowedStores stores, Target target) {
    GrantException refusal = catchThrowableOfType(GrantException.class, () -> stores.check(target));
    assertThat(refusal).isNotNull();
    assertThat(refusal.isResumable()).isFalse();
    return refusal;
  }

  @ParameterizedTest
  @CsvSource({
    "https://s3.example.com,     false",
    "HTTPS://10.0.0.1:9000,      true",
    "http://127.0.0.1:9000,      false",
    "http://[::1]:9000,          true",
    "http://localhost:9000,      true"
  })
  void withoutAListEveryStoreIsTakenThatNobodyCanListenTo(String endpoint, boolean pathStyle) {
    taken(stores(false), at(endpoint, pathStyle));
  }

  @ParameterizedTest
  @CsvSource({
    "http://s3.example.com,                true",
    "HTTP://s3.example.com,                true",
    "http://10.0.0.1:9000,                 true",
    "http://127.0.0.1.evil.example,        true",
    "http://localhost.:9000,               true",
    "http://localhost:9000,                false"
  })
  void plainHttpToOtherMachinesNeedsTheAppsLeave(String endpoint, boolean pathStyle) {
    assertThat(refusal(stores(false), at(endpoint, pathStyle)))
        .hasMessageContaining("plain http")
        .hasMessageContaining("VideoUploader.Builder.allowCleartext()");
    taken(stores(true), at(endpoint, pathStyle));
  }

  @Test
  void aGrantIsHeldAgainstTheSameRules() {
    UploadGrant grant =
        new UploadGrant(
            new TemporaryCredentials("id", "secret", "session", Instant.EPOCH),
            "videos",
            "in/1.mp4",
            "eu-central-1",
            URI.create("HTTP://s3.example.com:9000"),
            true,
            null,
            Duration.ofHours(1));
    AllowedStores strict = stores(false);

    assertThatThrownBy(() -> strict.check(grant))
        .isInstanceOf(GrantException.class)
        .hasMessageContaining("the grant's endpoint, http://s3.example.com:9000, would get");
    assertThatCode(() -> stores(true).check(grant)).doesNotThrowAnyException();
  }

  @Test
  void whetherTheBucketIsInTheHostNameIsTheOptionsWordBeforeTheGrants() {
    TransferOptions options = TransferOptions.builder().pathStyleAccess(false).build();

    refusal(new AllowedStores(options, false, List.of()), at("http://localhost:9000", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://s3.example.com",
        "s3.example.com",
        "https:///path",
        "https://user:pass-1@s3.example.com",
        "https://s3.example.com?x=pass-1",
        "https://s3.example.com#pass-1",
        "https://s3_.example.com"
      })
  void whatIsNotJustAHostIsNoEndpoint(String endpoint) {
    assertThat(refusal(stores(true), at(endpoint, true)))
        .hasMessageContaining("just a host")
        .hasMessageNotContaining("pass-1");
  }

  /** The SDK sends such requests to s3-accesspoint.eu-central-1.amazonaws.com and the like. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:s3:eu-central-1:123456789012:accesspoint:evil",
        "arn:aws:s3-outposts:eu-central-1:123456789012:outpost:op-1:accesspoint:evil",
        "evil--euc1-az1--x-s3"
      })
  void withAListABucketWithAHostOfItsOwnIsRefused(String bucket) {
    Target target = new Target(bucket, "in/1.mp4", "eu-central-1", null, false, null);

    assertThat(refusal(stores(false, "s3.eu-central-1.amazonaws.com"), target))
        .hasMessageContaining("host of its own");
    taken(stores(false), target);
  }

  @Test
  void withAListOnlyItsHostsAreTaken() {
    AllowedStores stores = stores(false, "s3.example.com", "*.store.example:9000");

    taken(stores, at("https://s3.example.com", true));
    taken(stores, at("https://eu.store.example:9000", true));
    assertThat(refusal(stores, at("https://evil.example:8443", true)))
        .hasMessageContaining("evil.example:8443 to VideoUploader.Builder.allowedEndpoints(...)");
    assertThat(refusal(stores, at("https://evil.example", true)))
        .hasMessageContaining("add evil.example to VideoUploader.Builder.allowedEndpoints(...)");
  }

  @Test
  void aListIsNoLeaveForPlainHttp() {
    assertThat(refusal(stores(false, "s3.example.com"), at("http://s3.example.com", true)))
        .hasMessageContaining("allowCleartext()");
  }

  @Test
  void theLeaveForPlainHttpIsNoWayRoundTheList() {
    assertThat(refusal(stores(true, "s3.example.com"), at("http://evil.example", true)))
        .hasMessageContaining("allowedEndpoints(...)");
  }

  @ParameterizedTest
  @CsvSource({
    "s3.eu-central-1.amazonaws.com, eu-central-1, true",
    "s3.eu-central-1.amazonaws.com, us-east-1,    false",
    "s3.us-east-1.amazonaws.com,    us-east-1,    true",
    "s3.us-east-1.amazonaws.com,    aws-global,   false",
    "*.amazonaws.com,               eu-central-1, true",
    "*.amazonaws.com,               cn-north-1,   false",
    "*.amazonaws.com.cn,            cn-north-1,   true",
    "minio.example.com,             eu-central-1, false"
  })
  void withAListAwsHasToBeInItToo(String pattern, String region, boolean taken) {
    if (taken) {
      taken(stores(false, pattern), inRegion(region));
    } else {
      refusal(stores(false, pattern), inRegion(region));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example/",
        "x@evil.example",
        "a.b",
        "",
        "eu#",
        "-eu",
        "EU",
        "fips-us-east-1"
      })
  void aRegionCannotChangeTheHost(String region) {
    assertThat(refusal(stores(false), inRegion(region))).hasMessageContaining("region");
  }

  @Test
  void theAppsOwnEndpointIsNotHeldAgainstTheListAndTheGrantsIsNotUsed() {
    TransferOptions options =
        TransferOptions.builder().endpoint(URI.create("https://own.example")).build();
    AllowedStores stores =
        new AllowedStores(options, false, List.of(HostPattern.of("s3.example.com")));

    taken(stores, at("http://inside-the-cluster:9000", true));
  }

  @Test
  void theAppsOwnEndpointNeedsTheLeaveToo() {
    TransferOptions options =
        TransferOptions.builder().endpoint(URI.create("http://own.example")).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AllowedStores(options, false, List.of()))
        .withMessageContaining("allowCleartext()");
    assertThat(new AllowedStores(options, true, List.of())).isNotNull();
  }
}
