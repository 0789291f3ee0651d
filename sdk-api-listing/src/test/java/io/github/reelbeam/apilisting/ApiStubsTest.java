package io.github.reelbeam.apilisting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiStubsTest {
  @TempDir Path folder;

  private Path written() throws Exception {
    Path jar = folder.resolve("stubs.jar");
    ApiStubs.write(Samples.types(), jar);
    return jar;
  }

  /** Without the classes of this test; JSpecify's are there as they are. */
  private static URLClassLoader loader(Path jar) throws Exception {
    ClassLoader above = org.jspecify.annotations.Nullable.class.getClassLoader();
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, above) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return name.contains(".sample.") ? findClass(name) : super.loadClass(name, resolve);
      }
    };
  }

  @Test
  void haveTheMembersOfTheApi() throws Exception {
    Path jar = written();
    try (URLClassLoader loader = loader(jar)) {
      Class<?> film = loader.loadClass("io.github.reelbeam.apilisting.sample.Film");
      assertThat(MemberText.of(film)).isEqualTo(MemberText.of(Samples.types().get(0)));
      assertThat(film.getDeclaredMethods()).extracting("name").doesNotContain("hidden", "more");
      assertThat(film.getDeclaredFields()).extracting("name").doesNotContain("length", "shelf");
    }
  }

  @Test
  void doNothing() throws Exception {
    Path jar = written();
    try (URLClassLoader loader = loader(jar)) {
      Class<?> title = loader.loadClass("io.github.reelbeam.apilisting.sample.Scene$Title");
      assertThatThrownBy(() -> title.getMethod("values").invoke(null))
          .isInstanceOf(InvocationTargetException.class)
          .hasCauseInstanceOf(NullPointerException.class);
    }
  }

  @Test
  void areOfPublicTypesOnly() throws Exception {
    List<String> names = new ArrayList<>();
    try (JarFile jar = new JarFile(written().toFile())) {
      jar.stream().map(ZipEntry::getName).forEach(names::add);
    }
    assertThat(names).hasSize(4).noneMatch(name -> name.contains("internal"));
  }

  @Test
  void areTheSameBytesEachTime() throws Exception {
    byte[] first = Files.readAllBytes(written());
    assertThat(Files.readAllBytes(written())).isEqualTo(first);
  }

  /** What it inherits could be taken away unseen. */
  @Test
  void refuseATypeThatInheritsFromOneThatIsNotPublic() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ApiStubs.write(List.of(Derived.class), folder.resolve("x.jar")))
        .withMessageContaining("Base is not");
  }

  /** Not public. */
  static class Base {}

  /** As if it were public. */
  static class Derived extends Base {}
}
