package io.github.reelbeam.internal.timeline;

import io.github.reelbeam.UploadTimeline;
import io.github.reelbeam.internal.text.OneLine;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out of a failure's words what is nobody else's business: servers and exceptions quote what
 * they were given. Secrets of the store were taken out by whoever heard its words. Pure.
 */
final class Redaction {
  /** "PUT /bucket/key (part 3)": the path of a request has the bucket and the key, as encoded. */
  private static final Pattern PATH = Pattern.compile("\\b(GET|PUT|POST|DELETE|HEAD) /\\S*");

  /** A query may be signed; user info is a password. */
  private static final Pattern QUERY = Pattern.compile("\\?[^\\s\"'<>]+");

  private static final Pattern SIGNATURE = Pattern.compile("\\bSignature=\\w+");

  private static final Pattern USER_INFO = Pattern.compile("://[^/\\s@]+@");

  /** What is shorter is a word that occurs by itself, and says nothing. */
  private static final int SHORTEST = 4;

  private Redaction() {}

  /** The words as they can be shown, in one line. */
  static String of(String words, JournalEntry entry) {
    String text = PATH.matcher(words).replaceAll("$1 (path)");
    text = QUERY.matcher(text).replaceAll("?(query)");
    text = USER_INFO.matcher(text).replaceAll("://(user)@");
    text = SIGNATURE.matcher(text).replaceAll("Signature=(signature)");
    for (Map.Entry<String, String> hidden : longestFirst(hidden(entry)).entrySet()) {
      text = text.replace(hidden.getKey(), hidden.getValue());
    }
    return OneLine.of(text, UploadTimeline.MAX_TEXT - 3);
  }

  private static Map<String, String> hidden(JournalEntry entry) {
    Map<String, String> hidden = new LinkedHashMap<>();
    entry.object().metadata().values().forEach(value -> hide(hidden, value, "(metadata)"));
    String source = entry.source().reference();
    hide(hidden, source, "(source)");
    if (source.startsWith("file:")) {
      hide(hidden, String.valueOf(URI.create(source).getPath()), "(source)");
    }
    hide(hidden, entry.source().fileName(), "(file name)");
    Target target = entry.target();
    if (target != null) {
      hide(hidden, target.bucket(), "(bucket)");
      hide(hidden, target.key(), "(key)");
      if (target.renewalToken() != null) {
        hide(hidden, target.renewalToken(), "(token)");
      }
    }
    return hidden;
  }

  private static void hide(Map<String, String> hidden, String text, String by) {
    if (text.length() >= SHORTEST) {
      hidden.put(text, by);
    }
  }

  /** One may stand within the other. */
  private static Map<String, String> longestFirst(Map<String, String> hidden) {
    return hidden.entrySet().stream()
        .sorted(Comparator.comparingInt(one -> -one.getKey().length()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
  }
}
