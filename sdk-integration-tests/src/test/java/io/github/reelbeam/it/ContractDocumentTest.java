package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The document is well-formed, and its prose, its schemas and its examples say the same. */
class ContractDocumentTest {
  private static final Map<String, String> PATHS =
      Map.of(
          "uploads", "/api/v1/uploads",
          "renewals", "/api/v1/uploads/renewals",
          "video", "/api/v1/video");
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d{3}) \\| `(\\w+)` \\| ([a-z, ]+) \\|", Pattern.MULTILINE);
  private static final int CODES = 13;

  private final OpenAPI document = parse(text(), true).getOpenAPI();
  private final SchemaValidator schemas = new SchemaValidator(document, new MessageResolver());

  private static String text() {
    try {
      return Files.readString(ContractValidator.DOCUMENT);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SwaggerParseResult parse(String text, boolean resolved) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    options.setResolveFully(resolved);
    return new OpenAPIV3Parser().readContents(text, null, options);
  }

  @Test
  void parsesWithoutAComplaint() {
    assertThat(parse(text(), false).getMessages()).isEmpty();
    assertThat(document.getPaths().keySet()).containsExactlyInAnyOrderElementsOf(PATHS.values());
  }

  /** So that the test above can fail. */
  @Test
  void theParserSeesMisspeltNamesAndReferencesToNothing() {
    assertThat(parse(text().replace("operationId: issueGrant", "operationID: x"), false))
        .satisfies(result -> assertThat(result.getMessages()).isNotEmpty());
    assertThat(
            parse(
                text().replaceFirst("#/components/schemas/Grant'", "#/components/schemas/Nowhere'"),
                false))
        .satisfies(result -> assertThat(result.getMessages()).isNotEmpty());
  }

  @TestFactory
  Stream<DynamicTest> examplesOfBodiesAreValid() {
    List<DynamicTest> tests = new ArrayList<>();
    document
        .getPaths()
        .forEach(
            (path, item) -> {
              Operation operation = item.getPost();
              addExamples(tests, path + " request", operation.getRequestBody().getContent());
              operation
                  .getResponses()
                  .forEach((status, r) -> addExamples(tests, path + " " + status, r.getContent()));
            });
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream();
  }

  private void addExamples(List<DynamicTest> tests, String where, @Nullable Content content) {
    if (content == null) {
      return;
    }
    MediaType body = json(content);
    assertThat(body.getExamples()).as(where).isNotEmpty();
    body.getExamples()
        .forEach(
            (name, example) ->
                tests.add(
                    DynamicTest.dynamicTest(
                        where + " " + name,
                        () -> assertValid(body.getSchema(), example.getValue()))));
  }

  @TestFactory
  Stream<DynamicTest> examplesOfFieldsAreValid() {
    List<DynamicTest> tests = new ArrayList<>();
    document
        .getComponents()
        .getSchemas()
        .forEach((name, schema) -> addFieldExamples(tests, name, schema));
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream();
  }

  private void addFieldExamples(List<DynamicTest> tests, String where, Schema<?> schema) {
    if (schema.getExample() != null) {
      tests.add(DynamicTest.dynamicTest(where, () -> assertValid(schema, schema.getExample())));
    }
    if (schema.getProperties() != null) {
      schema.getProperties().forEach((name, s) -> addFieldExamples(tests, where + "." + name, s));
    }
  }

  @TestFactory
  Stream<DynamicTest> examplesOfHeadersAreValid() {
    List<DynamicTest> tests = new ArrayList<>();
    document
        .getComponents()
        .getHeaders()
        .forEach(
            (name, header) ->
                tests.add(
                    DynamicTest.dynamicTest(
                        name, () -> assertValid(header.getSchema(), header.getExample()))));
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private void assertValid(Schema<?> schema, Object example) {
    JsonNode json = Json.mapper().valueToTree(example);
    assertThat(schemas.validate(() -> json, schema, "example").getMessages())
        .extracting(Message::getMessage)
        .isEmpty();
  }

  /** The table that people read against the enums that programs read, in both directions. */
  @Test
  void theTableOfErrorsAndTheSchemasNameTheSameCodes() {
    Map<String, Set<String>> told = new TreeMap<>();
    Matcher row = ROW.matcher(document.getInfo().getDescription());
    int rows = 0;
    while (row.find()) {
      rows++;
      String places = row.group(3).trim();
      Set<String> names = places.equals("all") ? PATHS.keySet() : Set.of(places.split(", "));
      for (String name : names) {
        told.computeIfAbsent(PATHS.get(name) + " " + row.group(1), at -> new TreeSet<>())
            .add(row.group(2));
      }
    }
    assertThat(rows).isEqualTo(CODES);
    assertThat(told).isEqualTo(codesOfSchemas());
  }

  private Map<String, Set<String>> codesOfSchemas() {
    Map<String, Set<String>> codes = new TreeMap<>();
    document
        .getPaths()
        .forEach(
            (path, item) ->
                item.getPost()
                    .getResponses()
                    .forEach(
                        (status, answer) -> {
                          if (status.matches("[45]\\d\\d")) {
                            codes.put(path + " " + status, enumOfCodes(answer.getContent()));
                          }
                        }));
    return codes;
  }

  private static Set<String> enumOfCodes(Content content) {
    Schema<?> error = json(content).getSchema();
    Schema<?> code = Objects.requireNonNull((Schema<?>) error.getProperties().get("code"));
    return code.getEnum().stream()
        .map(Object::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static MediaType json(Content content) {
    return Objects.requireNonNull(content.get("application/json"));
  }

  /** A closed object would refuse the fields of a newer side. */
  @Test
  void noObjectIsClosed() throws IOException {
    JsonNode root = new YAMLMapper().readTree(text());
    assertThat(root.findValues("additionalProperties"))
        .allSatisfy(value -> assertThat(value).isInstanceOf(ObjectNode.class));
  }
}
