package dev.writeback.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * A policy, as far as session policies for S3 need it: statements of Effect, Action and Resource
 * with wildcards, as described in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html. A statement
 * with anything else allows nothing here. The role itself is taken to allow everything.
 */
public final class PolicyDocument {

  private PolicyDocument() {}

  /**
   * Whether it lets somebody do that.
   *
   * @param policy as JSON; null for no session policy, which leaves the role what it has
   */
  public static boolean allows(String policy, String action, String resource) {
    if (policy == null) {
      return true;
    }
    boolean allowed = false;
    for (JsonNode statement : each(parse(policy).path("Statement"))) {
      boolean plain =
          statement.has("Action") && statement.has("Resource") && !statement.has("Condition");
      if (!plain
          || !matches(statement.get("Action"), action)
          || !matches(statement.get("Resource"), resource)) {
        continue;
      }
      if (statement.path("Effect").asText().equals("Deny")) {
        return false;
      }
      allowed |= statement.path("Effect").asText().equals("Allow");
    }
    return allowed;
  }

  private static JsonNode parse(String policy) {
    try {
      return Reply.JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The STS let a policy through that is no JSON", e);
    }
  }

  private static boolean matches(JsonNode patterns, String value) {
    for (JsonNode pattern : each(patterns)) {
      if (regex(pattern.asText()).matcher(value).matches()) {
        return true;
      }
    }
    return false;
  }

  private static Iterable<JsonNode> each(JsonNode oneOrMore) {
    return oneOrMore.isArray() ? oneOrMore : java.util.List.of(oneOrMore);
  }

  /**
   * {@code *} and {@code ?} are wildcards; <code>${*}</code>, <code>${?}</code> and so on are not.
   */
  private static Pattern regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      boolean escaped =
          pattern.startsWith("${", i) && i + 3 < pattern.length() && pattern.charAt(i + 3) == '}';
      if (escaped) {
        regex.append(Pattern.quote(pattern.substring(i + 2, i + 3)));
        i += 3;
      } else if (character == '*') {
        regex.append(".*");
      } else if (character == '?') {
        regex.append('.');
      } else {
        String letter = Character.toString(pattern.codePointAt(i));
        regex.append(Pattern.quote(letter));
        i += letter.length() - 1;
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
