package io.github.reelbeam.android;

import static org.assertj.core.api.Assertions.assertThat;

import javax.xml.stream.XMLInputFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StaxChoiceTest {
  private final String before = System.getProperty(StaxChoice.PROPERTY);

  @BeforeEach
  void nothingIsChosen() {
    System.clearProperty(StaxChoice.PROPERTY);
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(StaxChoice.PROPERTY);
    } else {
      System.setProperty(StaxChoice.PROPERTY, before);
    }
  }

  @Test
  void choosesAClassThatIsThere() {
    StaxChoice.ensure();

    // as the AWS SDK asks for one
    assertThat(XMLInputFactory.newFactory().getClass().getName()).isEqualTo(StaxChoice.AALTO);
  }

  @Test
  void leavesTheAppsOwnChoice() {
    System.setProperty(StaxChoice.PROPERTY, "com.example.OfTheApp");

    StaxChoice.ensure();

    assertThat(System.getProperty(StaxChoice.PROPERTY)).isEqualTo("com.example.OfTheApp");
  }
}
