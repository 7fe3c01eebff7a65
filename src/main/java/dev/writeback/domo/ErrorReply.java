package dev.writeback.domo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writeback.run.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What Domo says instead of an answer. Four shapes are known: {@code status, statusReason, message,
 * toe} (DataSet API), {@code error, error_description} (OAuth), an HTML page (406 and gateways) and
 * nothing.
 *
 * @param message Domo's own words in one line, or empty
 * @param toe Domo's "thread of execution", or null
 * @param retryAfter how long Domo asks to be left alone, or null
 */
record ErrorReply(int status, String reason, String message, String toe, Duration retryAfter) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_SHOWN = 300;

  /** A plea for more is a mistake, such as a moment where seconds belong. */
  private static final Duration LONGEST_PLEA = Duration.ofDays(1);

  private static final Pattern INVISIBLE =
      Pattern.compile("(?is)<!--.*?-->|<(script|style)\\b.*?</\\1\\s*>");
  private static final Pattern TAG = Pattern.compile("(?s)<[^>]*>");
  private static final Pattern SPACE = Pattern.compile("[\\s\\x85\\p{Zl}\\p{Zp}]+");
  private static final Pattern RATE_LIMIT = Pattern.compile("(?i)rate.?limit");
  private static final Pattern WRAPPED_FORBIDDEN =
      Pattern.compile("(?i)infrastructure problem \\(403\\)");
  private static final Pattern NOT_AUTHENTICATED =
      Pattern.compile("(?i)unauthorized|authentication");

  /** Reads the reply, and gives up what is too long to be read. */
  static ErrorReply of(Reply reply) {
    String body;
    try (reply) {
      body = new String(reply.body().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // The status alone has to do.
      body = "";
    }
    Duration retryAfter =
        reply.header("Retry-After").map(value -> retryAfter(value, Instant.now())).orElse(null);
    return of(reply.status(), reply.reason(), body, retryAfter, reply.sentSecrets());
  }

  /**
   * @param secrets which the reply may repeat, and this does not
   */
  static ErrorReply of(
      int status, String reason, String body, Duration retryAfter, SentSecrets secrets) {
    String phrase = secrets.removedFrom(reason);
    try {
      JsonNode json = JSON.readTree(body);
      if (json != null && json.isObject()) {
        String message = text(json, "message", "error_description", "error", "statusReason");
        return new ErrorReply(
            status,
            phrase,
            oneLine(secrets.removedFrom(message)),
            secrets.removedFrom(text(json, "toe")),
            retryAfter);
      }
    } catch (JsonProcessingException e) {
      // Not JSON: a page, or plain text.
    }
    String words = oneLine(secrets.removedFrom(withoutTags(body)));
    return new ErrorReply(status, phrase, words, null, retryAfter);
  }

  private static String text(JsonNode json, String... names) {
    for (String name : names) {
      String value = json.path(name).asText("");
      if (!value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  private static String withoutTags(String page) {
    String visible = INVISIBLE.matcher(page).replaceAll(" ");
    return TAG.matcher(visible)
        .replaceAll(" ")
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static String oneLine(String text) {
    if (text == null) {
      return "";
    }
    String line = SPACE.matcher(text).replaceAll(" ").strip();
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "...";
  }

  /**
   * The header's value: seconds, or a date (RFC 9110, 10.2.3), of a day at most. Null where it is
   * neither.
   */
  static Duration retryAfter(String value, Instant now) {
    Duration plea = plea(value, now);
    return plea != null && plea.compareTo(LONGEST_PLEA) > 0 ? LONGEST_PLEA : plea;
  }

  private static Duration plea(String value, Instant now) {
    try {
      return Duration.ofSeconds(Math.max(0, Long.parseLong(value.strip())));
    } catch (NumberFormatException e) {
      // Not seconds.
    }
    try {
      Instant then =
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /**
   * The failure of a call to the API.
   *
   * @param wanted what the call was for, as in "export of DataSet x"
   */
  DomoException failure(String wanted) {
    if (status == 429 || isRateLimit()) {
      return failure(
          Outcome.DOMO, true, wanted, "Domo limits the calls of a client: later it works");
    }
    if (status == 401 || status == 406 && NOT_AUTHENTICATED.matcher(message).find()) {
      return failure(
          Outcome.CREDENTIALS,
          false,
          wanted,
          "A new token was refused as well: check that the account's client is still in Domo's"
              + " developer portal");
    }
    if (status == 403 || WRAPPED_FORBIDDEN.matcher(message).find()) {
      return failure(
          Outcome.CREDENTIALS,
          false,
          wanted,
          "The client needs the scopes Data and User, and its user access to the DataSet");
    }
    if (status == 404) {
      return failure(
          Outcome.DOMO,
          false,
          wanted,
          "Check the DataSet's id; Domo answers the same where the client's user may not see it");
    }
    if (status == 408 || status >= 500) {
      return failure(Outcome.DOMO, true, wanted, "This is for Domo to mend; later it may work");
    }
    return failure(Outcome.DOMO, false, wanted, "Domo will answer the same to the same call");
  }

  /** The failure of the call for a token. */
  DomoException tokenFailure(String wanted) {
    if (status == 429 || isRateLimit() || status == 408 || status >= 500) {
      return failure(wanted);
    }
    if (status == 400 || status == 401 || status == 403) {
      return failure(
          Outcome.CREDENTIALS,
          false,
          wanted,
          "Check domoClientId, domoClientSecret and scope of the account against Domo's developer"
              + " portal");
    }
    return failure(Outcome.DOMO, false, wanted, "Check apiHost of the account");
  }

  /** Whether Domo wants fewer calls of this client, or none for a stated while. */
  boolean asksForPause() {
    return status == 429 || isRateLimit() || status == 503 && retryAfter != null;
  }

  private boolean isRateLimit() {
    return status == 403 && RATE_LIMIT.matcher(message).find();
  }

  private DomoException failure(Outcome outcome, boolean retryable, String wanted, String advice) {
    StringBuilder text = new StringBuilder(wanted).append(": Domo answered ").append(status);
    if (!reason.isBlank()) {
      text.append(' ').append(oneLine(reason));
    }
    if (!message.isEmpty()
        && !message.toLowerCase(Locale.ROOT).equals(reason.toLowerCase(Locale.ROOT))) {
      text.append(" (").append(message).append(')');
    }
    text.append(". ").append(advice);
    if (toe != null) {
      text.append(". Domo's support can look it up by toe ").append(oneLine(toe));
    }
    return new DomoException(outcome, retryable, retryAfter, status, toe, text.toString());
  }
}
