package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import io.github.reelbeam.credentials.HttpCredentialsFetcher;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.notify.HttpAssetNotifier;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No secret is in the text of anything, for such texts end up in logs. */
class SecretsTest {
  private static final String SECRET = "TOP-SECRET";
  // names of record components that hold secrets, or something as good as one
  private static final Set<String> SECRETIVE = Set.of("secret", "token", "authorization");
  private static final Map<Class<?>, Object> SAMPLES =
      Map.of(
          long.class,
          8L << 20,
          int.class,
          1,
          boolean.class,
          true,
          double.class,
          0.5,
          byte[].class,
          SECRET.getBytes(StandardCharsets.UTF_8),
          Duration.class,
          Duration.ofMinutes(1),
          Instant.class,
          Instant.EPOCH,
          URI.class,
          URI.create("https://store.example.com"),
          Map.class,
          Map.of());

  static Stream<Class<?>> records() {
    return MainClasses.all().stream()
        .filter(type -> type.isRecord() && type.getModifiers().contains(JavaModifier.PUBLIC))
        .<Class<?>>map(type -> type.reflect())
        .filter(SecretsTest::isPlainData);
  }

  /** Leaves out records that are bundles of services: they have no text of their own. */
  private static boolean isPlainData(Class<?> type) {
    return type == String.class
        || type.isEnum()
        || SAMPLES.containsKey(type)
        || (type.isRecord()
            && Arrays.stream(type.getRecordComponents())
                .allMatch(component -> isPlainData(component.getType())));
  }

  @ParameterizedTest
  @MethodSource("records")
  void noPublicRecordShowsASecret(Class<?> type) throws ReflectiveOperationException {
    assertThat(sample(type).toString()).doesNotContain(SECRET);
  }

  @Test
  void theScanFindsTheRecordsWithSecrets() {
    assertThat(records()).contains(TemporaryCredentials.class, UploadGrant.class);
  }

  @Test
  void credentialsAreToldApartByTheirKeysId() throws ReflectiveOperationException {
    assertThat(sample(UploadGrant.class).toString()).contains("sample-accessKeyId");
  }

  @Test
  void aFetcherDoesNotShowItsAuthorization() {
    assertThat(
            HttpCredentialsFetcher.builder(URI.create("https://api.example.com/"))
                .authorization(() -> SECRET)
                .build()
                .toString())
        .doesNotContain(SECRET);
  }

  @Test
  void aNotifierDoesNotShowItsAuthorization() {
    assertThat(
            HttpAssetNotifier.builder(URI.create("https://api.example.com/"))
                .authorization(() -> SECRET)
                .build()
                .toString())
        .doesNotContain(SECRET);
  }

  private static Object sample(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = sample(components[i].getName(), types[i]);
    }
    return type.getDeclaredConstructor(types).newInstance(values);
  }

  private static Object sample(String name, Class<?> type) throws ReflectiveOperationException {
    if (type == String.class) {
      String lower = name.toLowerCase(Locale.ROOT);
      return SECRETIVE.stream().anyMatch(lower::contains) ? SECRET : "sample-" + name;
    }
    if (type.isRecord()) {
      return sample(type);
    }
    return type.isEnum()
        ? type.getEnumConstants()[0]
        : Objects.requireNonNull(SAMPLES.get(type), type.getName());
  }
}
