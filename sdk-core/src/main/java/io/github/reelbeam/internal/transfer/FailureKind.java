package io.github.reelbeam.internal.transfer;

/** What a failure means for the one that decides what to do next. */
public enum FailureKind {
  /** The source cannot be read. */
  SOURCE,
  /** The source is another than before. */
  SOURCE_CHANGED,
  /** The credentials have expired, or are not valid any more. */
  CREDENTIALS,
  /** There are no credentials to be had: the cause says why. */
  GRANT,
  /** The object that the store has made is not what was sent. */
  CORRUPT,
  /** The store refuses; it may be that the credentials have expired and it does not say so. */
  DENIED,
  /** The store does not know the multipart upload (any more). */
  UPLOAD_GONE,
  /** The network or the store cannot be reached: it costs no attempt. */
  UNREACHABLE,
  /** A proxy on the way wants a login that the app has not given. */
  PROXY_LOGIN,
  /** The store asks for a slower pace. */
  THROTTLED,
  /** Something that may well be different at the next attempt. */
  TRANSIENT,
  /** The run was told to end by the pipeline's own code: the cause says why. */
  STOPPED_BY_OBSERVER,
  /** The store will not take this, however often it is asked. */
  REJECTED;

  /** Whether a part that failed so is sent again within the same run. */
  boolean isRetriedInRun() {
    return this == UNREACHABLE || this == THROTTLED || this == TRANSIENT;
  }
}
