package io.github.reelbeam.it;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Says where an exchange departs from {@code docs/openapi.yaml}. It is stricter than the document
 * in one thing: a field that is not in there is a problem too, since whoever sends it has forgotten
 * to document it.
 *
 * <p>Safe for use by several threads.
 */
final class ContractValidator {
  /** The build runs tests in the folder of their module. */
  static final Path DOCUMENT = Path.of("..", "docs", "openapi.yaml").toAbsolutePath().normalize();

  private final OpenApiInteractionValidator validator =
      OpenApiInteractionValidator.createForSpecificationUrl(DOCUMENT.toUri().toString()).build();

  /** What is wrong with the request and with the answer; empty if both are as they should be. */
  List<String> problems(Exchange exchange) {
    return Stream.concat(requestProblems(exchange).stream(), responseProblems(exchange).stream())
        .toList();
  }

  /** What is wrong with the request. */
  List<String> requestProblems(Exchange exchange) {
    SimpleRequest.Builder request =
        new SimpleRequest.Builder(exchange.method(), exchange.path(), true);
    exchange.requestHeaders().forEach(request::withHeader);
    if (!exchange.requestBody().isEmpty()) {
      request.withBody(exchange.requestBody());
    }
    return problems(
        exchange + ": request: ",
        validator.validateRequest(request.build()),
        exchange.requestHeaders(),
        exchange.requestBody());
  }

  /** What is wrong with the answer, whatever the request was. */
  List<String> responseProblems(Exchange exchange) {
    SimpleResponse.Builder response = new SimpleResponse.Builder(exchange.status());
    exchange.responseHeaders().forEach(response::withHeader);
    if (!exchange.responseBody().isEmpty()) {
      response.withBody(exchange.responseBody());
    }
    Request.Method method = Request.Method.valueOf(exchange.method().toUpperCase(Locale.ROOT));
    return problems(
        exchange + ": answer: ",
        validator.validateResponse(exchange.path(), method, response.build()),
        exchange.responseHeaders(),
        exchange.responseBody());
  }

  private static List<String> problems(
      String where, ValidationReport report, Map<String, List<String>> headers, String body) {
    List<String> problems = new ArrayList<>();
    report.getMessages().stream()
        .filter(message -> message.getLevel() != ValidationReport.Level.IGNORE)
        .forEach(message -> problems.add(where + message.getMessage()));
    // the validator takes a body of no type for one of the right type
    if (!body.isEmpty() && headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
      problems.add(where + "a body without Content-Type");
    }
    return problems;
  }
}
