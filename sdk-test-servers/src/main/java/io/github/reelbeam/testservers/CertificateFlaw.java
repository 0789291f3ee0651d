package io.github.reelbeam.testservers;

/** What is wrong with the certificate that a server shows. */
public enum CertificateFlaw {
  /** Nothing: clients that trust the server's authority accept it. */
  NONE,
  /** It is for {@code other.example}. */
  OTHER_NAME,
  /** It ended yesterday. */
  EXPIRED,
  /** It begins tomorrow. */
  NOT_YET_VALID,
  /** It is signed by an authority that nobody trusts. */
  UNKNOWN_AUTHORITY
}
