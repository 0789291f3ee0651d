package io.github.reelbeam.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policy that narrows a session to one object. */
final class SessionPolicy {
  /** STS's limit on the plain text of a session policy, in characters. */
  static final int LONGEST = 2048;

  // STS takes the characters of Latin-1 only, and JSON can escape all others
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final List<String> OBJECT_ACTIONS =
      List.of("s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts");

  // parts of one object under one data key: S3 has to decrypt it for each part after the first
  private static final List<String> KMS_ACTIONS = List.of("kms:GenerateDataKey", "kms:Decrypt");

  private SessionPolicy() {}

  /**
   * Writes the policy.
   *
   * @param partition {@code aws}, {@code aws-cn} or {@code aws-us-gov}
   * @param kmsKeyArn the key with which objects are encrypted, or null
   * @throws IllegalArgumentException if the key cannot stand in a policy, or the policy is longer
   *     than STS takes
   */
  static String forObject(String partition, String bucket, String key, @Nullable String kmsKeyArn) {
    ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    allow(
        statements,
        OBJECT_ACTIONS,
        "arn:" + partition + ":s3:::" + bucket + "/" + KeyRules.checked(key));
    if (kmsKeyArn != null) {
      allow(statements, KMS_ACTIONS, kmsKeyArn);
    }
    String json = written(policy);
    if (json.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the session policy has "
              + json.length()
              + " characters, and STS takes 2,048: use a shorter key prefix");
    }
    return json;
  }

  private static String written(ObjectNode policy) {
    try {
      // The SDK sends a space as +, which is right in a form, but a plus to Ceph 16: the policy
      // would open another key. All spaces are within texts here.
      return JSON.writeValueAsString(policy).replace(" ", "\\u0020");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts can be written", e);
    }
  }

  private static void allow(ArrayNode statements, List<String> actions, String resource) {
    ObjectNode statement = statements.addObject().put("Effect", "Allow");
    ArrayNode list = statement.putArray("Action");
    actions.forEach(list::add);
    statement.put("Resource", resource);
  }
}
