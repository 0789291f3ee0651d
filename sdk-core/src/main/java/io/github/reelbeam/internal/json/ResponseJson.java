package io.github.reelbeam.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one place that binds data by reflection: the backend's answer to a type of the app's own.
 * Nothing else may come here, so that R8 can leave all of jackson-databind out.
 */
public final class ResponseJson {
  private ResponseJson() {}

  /** Made on first use: it is the slowest to start of all that Jackson has. */
  private static final class Lazy {
    static final ObjectMapper MAPPER =
        new ObjectMapper(Json.newFactory())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * Makes a value of an answer, with the bounds that hold for every document.
   *
   * @throws MalformedJsonException if the answer is JSON of another shape; it names the property
   */
  public static <T> T bind(String answer, Class<T> type) throws MalformedJsonException {
    T value;
    try {
      value = Lazy.MAPPER.readValue(answer, type);
    } catch (JsonMappingException e) {
      throw new MalformedJsonException(path(e.getPath()), "does not fit");
    } catch (JsonProcessingException e) {
      throw new MalformedJsonException("", "it is not JSON");
    }
    if (value == null) {
      throw new MalformedJsonException("", "it is null");
    }
    return value;
  }

  private static String path(List<JsonMappingException.Reference> path) {
    return path.stream()
        .map(at -> at.getFieldName() == null ? "[" + at.getIndex() + "]" : at.getFieldName())
        .collect(Collectors.joining("."));
  }
}
