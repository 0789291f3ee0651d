package io.github.reelbeam.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPDetachedSignatureProcessor;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;

/** The public half of a key, which tells whether a signature is by it. */
final class SigningKey {
  private final OpenPGPCertificate certificate;

  private SigningKey(String armored) throws IOException {
    certificate = new OpenPGPKeyReader().parseKey(armored).toCertificate();
  }

  static SigningKey of(String armored) throws IOException {
    return new SigningKey(armored);
  }

  /** The key that the build has signed with. */
  static SigningKey ofThisBuild() throws IOException {
    return Files.exists(Build.KEY_FILE)
        ? new SigningKey(Files.readString(Build.KEY_FILE))
        : new SigningKey(System.getenv("MAVEN_GPG_KEY"));
  }

  /** Is there a signature by this key, and of these bytes? */
  boolean hasSigned(byte[] content, byte[] signature) throws Exception {
    OpenPGPDetachedSignatureProcessor signatures =
        new OpenPGPDetachedSignatureProcessor()
            .addVerificationCertificate(certificate)
            .addSignatures(new ByteArrayInputStream(signature));
    for (OpenPGPDocumentSignature found : signatures.process(new ByteArrayInputStream(content))) {
      if (found.isTestedCorrect() && found.isValid()) {
        return true;
      }
    }
    return false;
  }
}
