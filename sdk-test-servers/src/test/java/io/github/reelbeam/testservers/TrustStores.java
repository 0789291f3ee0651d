package io.github.reelbeam.testservers;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Reads the trust store the way a client program is told to. */
final class TrustStores {

  private TrustStores() {}

  static TrustManager[] load(EmbeddedS3 s3) {
    try {
      KeyStore store =
          KeyStore.getInstance(
              s3.trustStore().orElseThrow().toFile(), s3.trustStorePassword().toCharArray());
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
