package io.github.reelbeam.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LocationAwareLogger;

/** All that a logger says, at TRACE, while this is open. For slf4j-simple, which has no API. */
public final class CapturedLog implements AutoCloseable {
  private final PrintStream original = System.err;
  private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
  private final Logger logger;
  private final int level;

  public CapturedLog(String name) throws ReflectiveOperationException {
    this.logger = LoggerFactory.getLogger(name);
    this.level = level().getInt(logger);
    level().setInt(logger, LocationAwareLogger.TRACE_INT);
    System.setErr(new PrintStream(captured, true, UTF_8));
  }

  private Field level() throws ReflectiveOperationException {
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
    level().setInt(logger, level);
  }
}
