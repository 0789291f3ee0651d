package io.github.reelbeam.internal.json;

/** A value in a document. JSON's {@code null} is null. */
sealed interface JsonValue
    permits JsonObject, JsonValue.Text, JsonValue.Numeral, JsonValue.Flag, JsonValue.Array {

  /** A string. */
  record Text(String value) implements JsonValue {}

  /**
   * A number as it is written; what it is worth is for those to find out who want to know.
   *
   * @param whole whether it has neither a fraction nor an exponent
   */
  record Numeral(String digits, boolean whole) implements JsonValue {}

  /** True or false. */
  record Flag(boolean value) implements JsonValue {}

  /** An array: no document that is read here has one whose items matter. */
  record Array() implements JsonValue {}
}
