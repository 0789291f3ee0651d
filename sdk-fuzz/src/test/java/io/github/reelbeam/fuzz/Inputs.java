package io.github.reelbeam.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes an input apart; the seeds in the corpus are texts that people can read and write. */
public final class Inputs {
  /** Stands between two documents of one input, on a line of its own. */
  private static final String SEPARATOR = "\n%%%%\n";

  private Inputs() {}

  /** The documents of an input, in their order; not more than {@code atMost}. */
  public static List<byte[]> documents(byte[] input, int atMost) {
    // one char for each byte: nothing is lost
    String text = new String(input, StandardCharsets.ISO_8859_1);
    List<byte[]> documents = new ArrayList<>();
    for (String document : text.split(SEPARATOR, atMost)) {
      documents.add(document.getBytes(StandardCharsets.ISO_8859_1));
    }
    return documents;
  }

  /** The document with another text in the place of each mention. */
  public static byte[] replace(byte[] document, String mention, String text) {
    return new String(document, StandardCharsets.ISO_8859_1)
        .replace(mention, text)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** One document as text. */
  public static String text(byte[] document) {
    return new String(document, StandardCharsets.UTF_8);
  }
}
