package io.github.reelbeam.testservers;

/** Ends a request to the backend with a status and a code that the client can act on. */
final class ApiRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String explanation;

  ApiRefusal(int status, String code, String explanation) {
    super(status + " " + code + ": " + explanation);
    this.status = status;
    this.code = code;
    this.explanation = explanation;
  }

  static ApiRefusal badRequest(String explanation) {
    return new ApiRefusal(400, "invalid_request", explanation);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String explanation() {
    return explanation;
  }
}
