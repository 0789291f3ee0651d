package io.github.reelbeam.backend;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToXml;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/** The documents say what {@link BucketSetup} does. */
class BucketDocumentTest {
  private static final Path BUCKET = Path.of("..", "docs", "bucket.md");
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final CORSRule CORS =
      CorsRules.rule("reelbeam-uploads", List.of("https://app.example.com"), 3600);
  private static final LifecycleRule LIFECYCLE =
      LifecycleRules.rule("reelbeam-uploads", "uploads/", 7);

  @RegisterExtension
  static final WireMockExtension S3 =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/bucket.md"})
  void theJsonOfCorsIsWhatIsSetUp(String document) throws Exception {
    assertThat(onlyJsonWith("CORSRules", Path.of("..", document)))
        .isEqualTo(JSON.valueToTree(Map.of("CORSRules", List.of(fields(CORS)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/bucket.md"})
  void theJsonOfTheLifecycleIsWhatIsSetUp(String document) throws Exception {
    assertThat(onlyJsonWith("Rules", Path.of("..", document)))
        .isEqualTo(JSON.valueToTree(Map.of("Rules", List.of(fields(LIFECYCLE)))));
  }

  @ParameterizedTest
  @CsvSource({"CORSConfiguration, /my-videos?cors", "LifecycleConfiguration, /my-videos?lifecycle"})
  void theXmlIsWhatIsSent(String root, String url) throws Exception {
    applyToAnEmptyBucket();
    List<String> documented =
        fences(BUCKET, "xml").stream().filter(xml -> xml.startsWith("<" + root)).toList();
    assertThat(documented).hasSize(1);
    S3.verify(1, putRequestedFor(urlEqualTo(url)).withRequestBody(equalToXml(documented.get(0))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/bucket.md"})
  void everyPieceOfJsonAndXmlIsWellFormed(String document) throws Exception {
    Path file = Path.of("..", document);
    for (String json : fences(file, "json")) {
      assertThat(JSON.readTree(json).isContainerNode()).as(json).isTrue();
    }
    for (String xml : fences(file, "xml")) {
      // pieces of a POM have several elements side by side
      String whole = xml.startsWith("<?xml") ? xml : "<all>" + xml + "</all>";
      DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(whole)));
    }
  }

  @Test
  void terraformNamesTheSameCors() throws Exception {
    assertThat(terraform("aws_s3_bucket_cors_configuration"))
        .contains("id = \"" + CORS.id() + "\"")
        .contains("allowed_origins = " + hcl(CORS.allowedOrigins()))
        .contains("allowed_methods = " + hcl(CORS.allowedMethods()))
        .contains("allowed_headers = " + hcl(CORS.allowedHeaders()))
        .contains("expose_headers = " + hcl(CORS.exposeHeaders()))
        .contains("max_age_seconds = " + CORS.maxAgeSeconds());
  }

  @Test
  void terraformNamesTheSameLifecycle() throws Exception {
    assertThat(terraform("aws_s3_bucket_lifecycle_configuration"))
        .contains("id = \"" + LIFECYCLE.id() + "\"")
        .contains("status = \"" + LIFECYCLE.statusAsString() + "\"")
        .contains("prefix = \"" + LIFECYCLE.filter().prefix() + "\"")
        .contains(
            "days_after_initiation = "
                + LIFECYCLE.abortIncompleteMultipartUpload().daysAfterInitiation());
  }

  /** An action that stands in the JSON of the bucket's policies stands in Terraform's too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:PutObject",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:ListBucketMultipartUploads",
        "sts:AssumeRole"
      })
  void terraformNamesTheSameActions(String action) throws Exception {
    assertThat(String.join("\n", fences(BUCKET, "json"))).contains("\"" + action + "\"");
    assertThat(String.join("\n", fences(BUCKET, "hcl"))).contains("\"" + action + "\"");
  }

  @Test
  void theRightsOfTheSetUpAreThoseThatItsErrorsAskFor() throws Exception {
    Stream<String> asked =
        Stream.of(new CorsHalf(CORS), new LifecycleHalf(LIFECYCLE))
            .flatMap(half -> Stream.of(half.readAction(), half.writeAction()));
    List<String> policies =
        fences(BUCKET, "json").stream().filter(json -> json.contains("s3:PutBucketCORS")).toList();
    assertThat(policies).hasSize(1);
    JsonNode actions = JSON.readTree(policies.get(0)).at("/Statement/0/Action");
    assertThat(JSON.convertValue(actions, String[].class))
        .containsExactlyInAnyOrder(asked.toArray(String[]::new));
  }

  private static void applyToAnEmptyBucket() {
    S3.stubFor(put(anyUrl()).willReturn(aResponse()));
    S3.stubFor(get(urlEqualTo("/my-videos?cors")).willReturn(none("NoSuchCORSConfiguration")));
    S3.stubFor(
        get(urlEqualTo("/my-videos?lifecycle")).willReturn(none("NoSuchLifecycleConfiguration")));
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(URI.create(S3.baseUrl()))
            .region(Region.EU_CENTRAL_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .build()) {
      BucketSetup.builder(s3, "my-videos")
          .allowedOrigins("https://app.example.com")
          .prefix("uploads/")
          .build()
          .apply();
    }
  }

  private static ResponseDefinitionBuilder none(String code) {
    return aResponse().withStatus(404).withBody("<Error><Code>" + code + "</Code></Error>");
  }

  private static JsonNode onlyJsonWith(String field, Path document) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (String json : fences(document, "json")) {
      JsonNode node = JSON.readTree(json);
      if (node.has(field)) {
        found.add(node);
      }
    }
    assertThat(found).as("JSON with %s in %s", field, document).hasSize(1);
    return found.get(0);
  }

  /** The code blocks of a language. */
  private static List<String> fences(Path document, String language) throws IOException {
    Pattern fence =
        Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    return fence.matcher(Files.readString(document)).results().map(m -> m.group(1)).toList();
  }

  /** One resource, with the white space between words made one space. */
  private static String terraform(String resource) throws IOException {
    String all = String.join("\n", fences(BUCKET, "hcl"));
    int start = all.indexOf("resource \"" + resource + "\"");
    assertThat(start).as(resource).isNotNegative();
    return all.substring(start, all.indexOf("\n}", start)).replaceAll("\\s+", " ");
  }

  private static String hcl(List<String> values) {
    return "[\"" + String.join("\", \"", values) + "\"]";
  }

  /** A value of the SDK's under the names that S3's documents and the AWS CLI use. */
  private static Map<String, Object> fields(SdkPojo value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (SdkField<?> field : value.sdkFields()) {
      Object content = field.getValueOrDefault(value);
      if (isThere(content)) {
        fields.put(
            field.memberName(), content instanceof SdkPojo nested ? fields(nested) : content);
      }
    }
    return fields;
  }

  private static boolean isThere(@Nullable Object content) {
    return content != null && !(content instanceof List<?> list && list.isEmpty());
  }
}
