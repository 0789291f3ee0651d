package io.github.reelbeam.android;

/** Chooses the StAX with which the AWS SDK reads S3's answers: Android has none of its own. */
final class StaxChoice {
  static final String PROPERTY = "javax.xml.stream.XMLInputFactory";
  static final String AALTO = "com.fasterxml.aalto.stax.InputFactoryImpl";

  private StaxChoice() {}

  /** Has effect unless something is chosen already. */
  static void ensure() {
    if (System.getProperty(PROPERTY) == null) {
      // by name: the search through META-INF/services does not survive every packaging of an app
      System.setProperty(PROPERTY, AALTO);
    }
  }
}
