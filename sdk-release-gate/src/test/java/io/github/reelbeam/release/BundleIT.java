package io.github.reelbeam.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundle has each file that Maven Central demands, signed, with its checksums. */
@Tag("release")
class BundleIT {
  private static final Bundle BUNDLE = Bundle.open(Build.BUNDLE);
  private static final Map<String, String> DIGESTS =
      Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

  static List<String> signedFiles() {
    return Published.ALL.stream().flatMap(artifact -> artifact.files().stream()).toList();
  }

  @Test
  void hasTheFilesOfEachPublishedArtifactAndNoOthers() {
    List<String> expected = new ArrayList<>();
    for (String file : signedFiles()) {
      expected.add(file);
      expected.add(file + ".asc");
      Published.CHECKSUMS.forEach(checksum -> expected.add(file + "." + checksum));
    }
    assertThat(BUNDLE.names()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void isOfAVersionThatCentralTakes() {
    assertThat(Build.VERSION)
        .matches("\\d+\\.\\d+\\.\\d+(-[a-z0-9.]+)?")
        .doesNotContain("SNAPSHOT");
  }

  @ParameterizedTest
  @MethodSource("signedFiles")
  void theChecksumsAreThoseOfTheFile(String file) throws Exception {
    for (String checksum : Published.CHECKSUMS) {
      byte[] digest = MessageDigest.getInstance(DIGESTS.get(checksum)).digest(BUNDLE.bytes(file));
      assertThat(BUNDLE.text(file + "." + checksum).strip())
          .as(checksum)
          .isEqualTo(HexFormat.of().formatHex(digest));
    }
  }

  @ParameterizedTest
  @MethodSource("signedFiles")
  void theSignatureIsByTheKeyOfTheBuild(String file) throws Exception {
    byte[] signature = BUNDLE.bytes(file + ".asc");
    assertThat(SigningKey.ofThisBuild().hasSigned(BUNDLE.bytes(file), signature)).isTrue();
  }

  @Test
  void aFileThatWasChangedAfterwardsHasNoSignature() throws Exception {
    String file = signedFiles().get(0);
    byte[] content = BUNDLE.bytes(file).clone();
    content[content.length / 2] ^= 1;
    byte[] signature = BUNDLE.bytes(file + ".asc");
    assertThat(SigningKey.ofThisBuild().hasSigned(content, signature)).isFalse();
  }

  @Test
  void aSignatureBySomebodyElseIsNone() throws Exception {
    String other =
        new BcOpenPGPApi()
            .generateKey(4)
            .ed25519x25519Key("Somebody else")
            .build()
            .toAsciiArmoredString();
    String file = signedFiles().get(0);
    byte[] signature = BUNDLE.bytes(file + ".asc");
    assertThat(SigningKey.of(other).hasSigned(BUNDLE.bytes(file), signature)).isFalse();
  }

  @Test
  void noPathOfTheBuildingMachineIsInAnyFile() {
    List<String> paths =
        List.of(Build.ROOT.toString(), System.getProperty("user.home"), Build.MAVEN.toString());
    List<String> found = new ArrayList<>();
    for (String file : BUNDLE.names()) {
      if (file.endsWith(".jar")) {
        Bundle jar = BUNDLE.jar(file);
        jar.names().forEach(name -> find(paths, file + "!" + name, jar.bytes(name), found));
      } else {
        find(paths, file, BUNDLE.bytes(file), found);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void aPathWouldBeFound() {
    List<String> found = new ArrayList<>();
    find(List.of("/home/me"), "x!/home/me/a.txt", new byte[0], found);
    find(List.of("/home/me"), "x", "made in /home/me".getBytes(StandardCharsets.UTF_8), found);
    assertThat(found).hasSize(2);
  }

  /** Looks at the name of a file, and at what it says. */
  private static void find(List<String> paths, String name, byte[] content, List<String> found) {
    String text = name + "\n" + new String(content, StandardCharsets.ISO_8859_1);
    for (String path : paths) {
      // a home such as "/" says nothing
      if (path.length() > 2 && text.contains(path)) {
        found.add(path + " in " + name);
      }
    }
  }
}
