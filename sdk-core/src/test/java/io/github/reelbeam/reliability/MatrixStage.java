package io.github.reelbeam.reliability;

import io.github.reelbeam.testservers.RequestHead;
import java.util.function.Predicate;

/** The requests of an upload: the columns of the fault matrix. */
@SuppressWarnings("ImmutableEnumChecker") // its functions keep no state
enum MatrixStage {
  GRANT("grant", Side.BACKEND, Before.NOTHING, head -> head.target().endsWith("/uploads")),
  RENEWAL("renewal", Side.BACKEND, Before.ONE_PART, head -> head.target().endsWith("/renewals")),
  CREATE("Create", Side.STORE, Before.NOTHING, RequestHead::isCreate),
  PART("part", Side.STORE, Before.NOTHING, head -> head.partNumber().orElse(0) == 1),
  LIST("ListParts", Side.STORE, Before.ONE_PART, RequestHead::isListParts),
  COMPLETE("Complete", Side.STORE, Before.NOTHING, RequestHead::isComplete),
  PUT("single PUT", Side.STORE, Before.NOTHING, head -> head.method().equals("PUT")),
  NOTIFICATION("notification", Side.BACKEND, Before.NOTHING, h -> h.target().endsWith("/video")),
  ABORT("abort", Side.STORE, Before.ONE_PART, RequestHead::isAbort);

  /** Whom the request goes to. */
  enum Side {
    BACKEND,
    STORE
  }

  /** What an earlier process has left of the upload. */
  enum Before {
    NOTHING,
    ONE_PART
  }

  private final String title;
  private final Side side;
  private final Before before;
  private final Predicate<RequestHead> isHit;

  MatrixStage(String title, Side side, Before before, Predicate<RequestHead> isHit) {
    this.title = title;
    this.side = side;
    this.before = before;
    this.isHit = isHit;
  }

  /** What the column is headed by. */
  String title() {
    return title;
  }

  boolean isAtStore() {
    return side == Side.STORE;
  }

  boolean needsOnePartBefore() {
    return before == Before.ONE_PART;
  }

  /** How many requests of this kind there are if nothing goes wrong. */
  int requests() {
    // once to know what is stored, once by the transfer manager
    return this == LIST ? 2 : 1;
  }

  /** How many multipart uploads are opened if nothing goes wrong. */
  int creates() {
    return before == Before.NOTHING ? 1 : 0;
  }

  /** How often credentials are renewed if nothing goes wrong: a new process has none. */
  int renewals() {
    return before == Before.NOTHING ? 0 : 1;
  }

  /** Whether the request's body is the video, or a part of it. */
  boolean carriesVideo() {
    return this == PART || this == PUT;
  }

  /** Whether the request has a body at all. */
  boolean hasBody() {
    return this != LIST && this != ABORT && this != CREATE;
  }

  /** Whether the answer has a body that matters. */
  boolean hasAnswerBody() {
    return this != PART && this != PUT && this != ABORT;
  }

  boolean hits(RequestHead head) {
    return isHit.test(head);
  }
}
