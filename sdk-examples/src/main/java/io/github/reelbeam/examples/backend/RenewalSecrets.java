package io.github.reelbeam.examples.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reelbeam.backend.RenewalTokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The file with the secrets that sign renewal tokens: one per line, in hex. The first one signs,
 * the others are still accepted: put a new line first to replace a secret, and take the old one
 * away when {@code renewableFor} has gone by. Every machine of a backend needs the same file.
 */
public final class RenewalSecrets {
  private static final int BYTES = 32;

  private RenewalSecrets() {}

  /**
   * Reads the file, and makes it with one random secret if there is none.
   *
   * @throws IOException if it cannot be read or written, or holds anything but secrets
   */
  public static RenewalTokens in(Path file) throws IOException {
    if (Files.notExists(file)) {
      create(file);
    }
    List<byte[]> secrets = read(file);
    RenewalTokens.Builder tokens = RenewalTokens.signingWith(keyId(secrets.get(0)), secrets.get(0));
    for (byte[] earlier : secrets.subList(1, secrets.size())) {
      tokens.alsoAccept(keyId(earlier), earlier);
    }
    return tokens.build();
  }

  private static List<byte[]> read(Path file) throws IOException {
    List<byte[]> secrets = new ArrayList<>();
    for (String line : Files.readAllLines(file, UTF_8)) {
      if (!line.isBlank()) {
        try {
          secrets.add(HexFormat.of().parseHex(line.strip()));
        } catch (IllegalArgumentException e) {
          // without the cause: it quotes the line
          throw new IOException(file + " has a line that is no secret in hex");
        }
      }
    }
    if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> secret.length < BYTES)) {
      throw new IOException(file + " needs a secret of at least " + 2 * BYTES + " hex digits");
    }
    return secrets;
  }

  /** Written whole or not at all, whenever the process is killed. */
  private static void create(Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, ".renewal-secret", null, ownerOnly());
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap((HexFormat.of().formatHex(secret) + "\n").getBytes(US_ASCII)));
      out.force(true);
      // a link and no rename: if another process was faster, its secret stays
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // and is read instead
    } finally {
      Files.delete(fresh);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Names a secret by its hash, so that the same one has the same name in every place. */
  private static String keyId(byte[] secret) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret);
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
