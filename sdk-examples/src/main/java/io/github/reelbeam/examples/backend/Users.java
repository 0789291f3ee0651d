package io.github.reelbeam.examples.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the backend, by bearer token (RFC 6750). Only the SHA-256 of a token is kept, which
 * is enough for tokens that are random and long; an app that has a login uses that instead.
 *
 * <p>A user may have several tokens, so that one can be replaced without a gap. Not changed once
 * the backend runs.
 */
public final class Users {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,512}");
  private static final Pattern HASHED = Pattern.compile("sha256:([0-9a-fA-F]{64})");
  private static final Pattern BEARER =
      Pattern.compile("Bearer +(" + TOKEN + ")", Pattern.CASE_INSENSITIVE);

  @SuppressWarnings("ArrayRecordComponent") // compared in constant time, never by equals
  private record Known(String name, byte[] tokenHash) {}

  private final List<Known> known = new ArrayList<>();

  /**
   * Adds a user.
   *
   * @param name 1 to 64 letters, digits, {@code .}, {@code _}, {@code @} or {@code -}
   * @param token what RFC 6750 allows, or {@code sha256:} and the token's hash in hex
   * @throws IllegalArgumentException if either is not like this, or the token is somebody else's;
   *     the message never has the token
   */
  public void add(String name, String token) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a user's name has 1 to 64 letters, digits, '.', '_', '@' or '-'");
    }
    Matcher hashed = HASHED.matcher(token);
    if (!hashed.matches() && !TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "the token of " + name + " is empty or has characters that no bearer token may have");
    }
    byte[] hash = hashed.matches() ? HexFormat.of().parseHex(hashed.group(1)) : sha256(token);
    Optional<String> owner = owner(hash);
    if (owner.isPresent() && !owner.get().equals(name)) {
      throw new IllegalArgumentException(name + " and " + owner.get() + " have the same token");
    }
    known.add(new Known(name, hash));
  }

  /**
   * Adds the users of a file with lines of a name, spaces and a token; empty lines and lines that
   * begin with {@code #} are left out.
   *
   * @throws IllegalArgumentException if a line is wrong; the message has its number only
   */
  public void addFrom(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\\s+", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException(
            file + ", line " + (i + 1) + ": a line is a name, a space and a token");
      }
      add(parts[0], parts[1]);
    }
  }

  /** Whether there is nobody. */
  public boolean isEmpty() {
    return known.isEmpty();
  }

  /**
   * Whose request it is.
   *
   * @param authorization the header of this name, or null
   */
  Optional<String> authenticate(@Nullable String authorization) {
    Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization);
    return bearer.matches() ? owner(sha256(bearer.group(1))) : Optional.empty();
  }

  // to the last one in any case, so that the time says nothing about how far the search went
  private Optional<String> owner(byte[] tokenHash) {
    String owner = null;
    for (Known user : known) {
      if (MessageDigest.isEqual(user.tokenHash(), tokenHash)) {
        owner = user.name();
      }
    }
    return Optional.ofNullable(owner);
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
