package io.github.reelbeam.apilisting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApiListingTest {
  @Test
  void namesAllThatAUserCanName() throws Exception {
    assertThat(ApiListing.of(Samples.types()))
        .isEqualTo(
            """
            # The public API. Made by PublicApiTest, not by hand: docs/compatibility.md

            @NullMarked package io.github.reelbeam.apilisting.sample

            public abstract class io.github.reelbeam.apilisting.sample.Film<T extends Comparable<T>> implements AutoCloseable
              protected @Nullable String title
              public static final int FRAMES
              protected Film(@Nullable String)
              @Deprecated public void rewind()
              public abstract @Nullable T first() throws java.io.IOException
              public final byte @Nullable [] bytes(int[][], java.util.List<? super Integer>)
              public static <E> java.util.List<@Nullable E> listOf(java.util.Map<String, ? extends E>, String...)
              public void close()

            public sealed interface io.github.reelbeam.apilisting.sample.Scene permits io.github.reelbeam.apilisting.sample.Scene.Take, io.github.reelbeam.apilisting.sample.Scene.Title
              public default String name()

            public static record io.github.reelbeam.apilisting.sample.Scene.Take(int number, @Nullable String note) implements io.github.reelbeam.apilisting.sample.Scene
              public Take(int, @Nullable String)
              public @Nullable String note()
              public final String toString()
              public final boolean equals(Object)
              public final int hashCode()
              public int number()

            public static enum io.github.reelbeam.apilisting.sample.Scene.Title implements io.github.reelbeam.apilisting.sample.Scene
              constant OPENING
              constant END
              public static io.github.reelbeam.apilisting.sample.Scene.Title valueOf(String)
              public static io.github.reelbeam.apilisting.sample.Scene.Title[] values()
            """);
  }

  @Test
  void leavesOutPackagesThatAreInternal() throws Exception {
    assertThat(Samples.types())
        .extracting(Class::getSimpleName)
        .isEqualTo(List.of("Film", "Scene", "Take", "Title"));
  }
}
