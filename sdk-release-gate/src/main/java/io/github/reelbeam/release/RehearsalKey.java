package io.github.reelbeam.release;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;

/**
 * Makes a key that nobody trusts, for a rehearsal of a release: no key lies in the sources, and the
 * real one stays where it is. The build starts it from its source, before anything is compiled, so
 * it stands alone.
 */
public final class RehearsalKey {
  /** Version 4, which Maven Central and all releases of GnuPG read. */
  private static final int KEY_VERSION = 4;

  private RehearsalKey() {}

  /** Writes the key, without a passphrase, into the file that is the one argument. */
  public static void main(String[] arguments) throws Exception {
    OpenPGPKey key =
        new BcOpenPGPApi()
            .generateKey(KEY_VERSION)
            .singletonRSAKey(3072, "Reelbeam's rehearsal, worth nothing")
            .build();
    Files.writeString(Path.of(arguments[0]), key.toAsciiArmoredString());
  }
}
