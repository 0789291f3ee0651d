package io.github.reelbeam.apilisting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListingDifferenceTest {
  private static final String LISTED =
      """
      # head

      @NullMarked package a.b

      public interface a.b.One
        public abstract int size()
        public abstract void run()

      public final class a.b.Two<T> extends a.b.Three
        public Two()
      """;

  @Test
  void isEmptyForEqualListings() {
    assertThat(ListingDifference.between(LISTED, LISTED)).isEmpty();
  }

  @Test
  void showsAChangedMemberUnderItsType() {
    String present = LISTED.replace("int size()", "long size()");
    assertThat(ListingDifference.between(LISTED, present))
        .isEqualTo(
            """
              a.b.One
                - public abstract int size()
                + public abstract long size()
            """);
  }

  @Test
  void showsATypeThatIsGoneWithAllItsMembers() {
    String present = LISTED.substring(0, LISTED.indexOf("\npublic final class"));
    assertThat(ListingDifference.between(LISTED, present))
        .isEqualTo(
            """
              a.b.Two
                - public final class a.b.Two<T> extends a.b.Three
                - public Two()
            """);
  }

  @Test
  void showsAPackageThatIsNotNullMarkedAnyMore() {
    String present = LISTED.replace("@NullMarked ", "");
    assertThat(ListingDifference.between(LISTED, present))
        .isEqualTo(
            """
              packages
                - @NullMarked package a.b
                + package a.b
            """);
  }

  @Test
  void saysThatOnlyTheOrderIsAnother() {
    String present =
        LISTED.replace("size()", "x()").replace("run()", "size()").replace("x()", "run()");
    present = present.replace("abstract int run()", "abstract void run()");
    present = present.replace("abstract void size()", "abstract int size()");
    assertThat(ListingDifference.between(LISTED, present)).isEqualTo("  the order of lines\n");
  }
}
