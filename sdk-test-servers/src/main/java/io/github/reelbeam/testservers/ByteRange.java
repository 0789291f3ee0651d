package io.github.reelbeam.testservers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a video that a player asks for (RFC 9110, section 14).
 *
 * @param first and {@code last} are both included; an empty range ends before it starts
 */
record ByteRange(Kind kind, long first, long last) {

  enum Kind {
    /** Answer 200 with everything. */
    WHOLE,
    /** Answer 206 with the range. */
    PART,
    /** Answer 416: the range starts behind the end. */
    UNSATISFIABLE
  }

  // One range only: a server may answer several with the whole, and no player asks for more.
  private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /** Reads a Range header; one that is absent or that makes no sense asks for everything. */
  static ByteRange parse(@Nullable String header, long size) {
    Matcher range = SINGLE.matcher(header == null ? "" : header);
    ByteRange whole = new ByteRange(Kind.WHOLE, 0, size - 1);
    if (!range.matches()) {
      return whole;
    }
    String from = range.group(1);
    String to = range.group(2);
    if (from.isEmpty()) {
      return to.isEmpty() ? whole : lastBytes(Long.parseLong(to), size);
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
    if (!to.isEmpty() && Long.parseLong(to) < first) {
      return whole;
    }
    return first >= size ? unsatisfiable() : new ByteRange(Kind.PART, first, last);
  }

  private static ByteRange lastBytes(long count, long size) {
    return count == 0 || size == 0
        ? unsatisfiable()
        : new ByteRange(Kind.PART, Math.max(0, size - count), size - 1);
  }

  private static ByteRange unsatisfiable() {
    return new ByteRange(Kind.UNSATISFIABLE, 0, -1);
  }

  long length() {
    return last - first + 1;
  }
}
