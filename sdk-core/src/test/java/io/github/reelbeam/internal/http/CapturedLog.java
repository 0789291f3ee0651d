package io.github.reelbeam.internal.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** All that some loggers say, and those below them, at TRACE, while this is open. */
public final class CapturedLog implements AutoCloseable {
  private final Map<Logger, Level> levels = new LinkedHashMap<>();
  private final Lines lines = new Lines();

  public CapturedLog(String... names) {
    lines.start();
    for (String name : names) {
      Logger logger = (Logger) LoggerFactory.getLogger(name);
      levels.put(logger, logger.getLevel());
      logger.setLevel(Level.TRACE);
      logger.addAppender(lines);
    }
  }

  /** The lines, in the order in which they were said. */
  public List<ILoggingEvent> lines() {
    return List.copyOf(lines.said);
  }

  /** All that was said, stack traces included. */
  public String text() {
    return lines().stream().map(CapturedLog::text).collect(Collectors.joining("\n"));
  }

  private static String text(ILoggingEvent line) {
    String trace =
        line.getThrowableProxy() == null
            ? ""
            : "\n" + ThrowableProxyUtil.asString(line.getThrowableProxy());
    return line.getLevel()
        + " "
        + line.getLoggerName()
        + " - "
        + line.getFormattedMessage()
        + trace;
  }

  @Override
  public void close() {
    levels.forEach(
        (logger, level) -> {
          logger.detachAppender(lines);
          logger.setLevel(level);
        });
    lines.stop();
  }

  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final List<ILoggingEvent> said = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent line) {
      // the MDC as it is now, on the thread that says it
      line.prepareForDeferredProcessing();
      said.add(line);
    }
  }
}
