package io.github.reelbeam;

import static io.github.reelbeam.Servers.MIB;
import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.TransferOptions.ChecksumMode;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that checks signatures takes ours, whatever decides on what is signed. */
class SigningIT {
  @TempDir Path folder;

  @ParameterizedTest(name = "https {0}, {1}, {2} bytes")
  @CsvSource({
    "false, CRC32, " + MIB,
    "false, NONE,  " + MIB,
    "false, NONE,  " + (PART + MIB),
    "true,  CRC32, " + MIB,
    "true,  NONE,  " + MIB,
    "true,  CRC32, " + (PART + MIB),
    "true,  NONE,  " + (PART + MIB),
  })
  void theStoreAcceptsWhatIsSigned(boolean https, ChecksumMode checksum, int size)
      throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), size);
    EmbeddedS3.Builder store = EmbeddedS3.builder();
    try (EmbeddedS3 s3 = https ? store.https().start() : store.start();
        EmbeddedBackend backend = EmbeddedBackend.start(s3);
        VideoUploader uploader =
            VideoUploader.builder()
                .backend(backend.uri(), () -> "Bearer none")
                .journal(UploadJournal.inMemory())
                .httpClient(https ? trusting(s3) : new OkHttpClient())
                .transferOptions(Servers.options().checksum(checksum).build())
                .build()) {
      VideoAsset asset =
          uploader
              .upload(UploadRequest.builder(file).metadata("title", "At  the sea, 7+1=8").build())
              .await();
      assertThat(TestFiles.mismatch(file, s3.open(asset.key()))).isEqualTo(-1);
    }
  }

  private static OkHttpClient trusting(EmbeddedS3 s3) throws GeneralSecurityException, IOException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(
        KeyStore.getInstance(
            s3.trustStore().orElseThrow().toFile(), s3.trustStorePassword().toCharArray()));
    return new OkHttpClient.Builder()
        .sslSocketFactory(
            s3.clientSslContext().orElseThrow().getSocketFactory(),
            (X509TrustManager) trust.getTrustManagers()[0])
        .build();
  }
}
