package io.github.reelbeam.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LocationAwareLogger;

/** All that some loggers say, at TRACE, while this is open. For slf4j-simple, which has no API. */
public final class CapturedLog implements AutoCloseable {
  private final PrintStream original = System.err;
  private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
  private final Map<Logger, Integer> levels = new LinkedHashMap<>();

  public CapturedLog(String... names) throws ReflectiveOperationException {
    for (String name : names) {
      Logger logger = LoggerFactory.getLogger(name);
      levels.put(logger, level(logger).getInt(logger));
      level(logger).setInt(logger, LocationAwareLogger.TRACE_INT);
    }
    System.setErr(new PrintStream(captured, true, UTF_8));
  }

  private static Field level(Logger logger) throws ReflectiveOperationException {
    Field field = logger.getClass().getDeclaredField("currentLogLevel");
    field.setAccessible(true);
    return field;
  }

  public String text() {
    return captured.toString(UTF_8);
  }

  @Override
  public void close() throws ReflectiveOperationException {
    System.setErr(original);
    for (Map.Entry<Logger, Integer> level : levels.entrySet()) {
      level(level.getKey()).setInt(level.getKey(), level.getValue());
    }
  }
}
