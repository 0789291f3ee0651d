package io.github.reelbeam.testservers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A status and the JSON that goes with it. */
record ApiAnswer(int status, ObjectNode body) {

  static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ApiAnswer of(ApiRefusal refusal) {
    return new ApiAnswer(
        refusal.status(), json().put("code", refusal.code()).put("message", refusal.explanation()));
  }
}
