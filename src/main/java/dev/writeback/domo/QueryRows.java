package dev.writeback.domo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.writeback.run.Outcome;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The rows of one SQL query, read off the wire as they are asked for.
 *
 * <p>A value is a String, a Boolean, a {@link java.math.BigInteger}, a {@link java.math.BigDecimal}
 * (each with the digits that Domo wrote) or null. {@link #hasNext} answers false only when the
 * reply has come to its end and holds as many rows as it says; it throws a {@link DomoException}
 * where not. Domo answers at most 1,000,000 rows of a query, without saying that there are more.
 *
 * <p>{@link #close} gives up what has not been read; the end of the exchange does the same. Only
 * {@code close} may be called by another thread than the reading one.
 */
public final class QueryRows implements Iterator<List<Object>>, Closeable {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

  private final String wanted;
  private final Reply reply;
  private final DomoHttp http;
  private final JsonParser parser;

  private List<String> columns = List.of();
  private List<String> types = List.of();
  private Boolean fromCache;
  private Long expectedRows;
  private long rows;
  private boolean inRows;
  private boolean hadRows;
  private List<Object> next;
  private boolean ended;

  QueryRows(String wanted, Reply reply, DomoHttp http) {
    this.wanted = wanted;
    this.reply = reply;
    this.http = http;
    try {
      parser = JSON.createParser(reply.body());
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw notAnAnswer("it is no JSON object");
      }
      advance();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** The columns' names, in the order of the values. */
  public List<String> columns() {
    return columns;
  }

  /**
   * The columns' types in the same order, such as DOUBLE; an empty text where Domo tells none.
   * Empty where Domo has told no type so far.
   */
  public List<String> types() {
    return types;
  }

  /**
   * Whether Domo answered from its cache. Domo writes this behind the rows, so it is empty before
   * the last row has been read, or where Domo does not say.
   */
  public Optional<Boolean> fromCache() {
    return Optional.ofNullable(fromCache);
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      try {
        advance();
      } catch (IOException e) {
        throw broken(e);
      }
    }
    return next != null;
  }

  @Override
  public List<Object> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all " + rows + " rows have been read");
    }
    List<Object> row = next;
    next = null;
    return row;
  }

  @Override
  public void close() {
    reply.close();
  }

  /** Reads up to the next row or the end of the reply. */
  private void advance() throws IOException {
    while (!ended) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw notAnAnswer("it ends in the middle");
      }
      if (inRows) {
        if (token == JsonToken.START_ARRAY) {
          next = values();
          rows++;
          return;
        }
        inRows = false;
      } else if (token == JsonToken.END_OBJECT) {
        end();
      } else {
        field(parser.currentName());
      }
    }
  }

  private void field(String name) throws IOException {
    JsonToken token = parser.nextToken();
    switch (name) {
      case "rows" -> {
        inRows = token == JsonToken.START_ARRAY;
        hadRows = inRows;
      }
      case "columns" -> {
        if (token == JsonToken.START_ARRAY) {
          columns = values().stream().map(String::valueOf).toList();
        }
      }
      case "metadata" -> {
        if (token == JsonToken.START_ARRAY) {
          types = columnTypes();
        }
      }
      case "fromcache" -> fromCache = parser.getValueAsBoolean();
      case "numRows" -> expectedRows = parser.getValueAsLong();
      default -> parser.skipChildren();
    }
  }

  /** The rest of an array of objects with a member {@code type}. */
  private List<String> columnTypes() throws IOException {
    List<String> found = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == null) {
        throw notAnAnswer("it ends in the middle");
      }
      if (token == JsonToken.FIELD_NAME) {
        boolean isType = "type".equals(parser.currentName());
        token = parser.nextToken();
        if (isType && token == JsonToken.VALUE_STRING) {
          found.set(found.size() - 1, parser.getText());
        }
        parser.skipChildren();
      } else if (token != JsonToken.END_OBJECT) {
        found.add("");
        if (token != JsonToken.START_OBJECT) {
          parser.skipChildren();
        }
      }
    }
    return found;
  }

  /** The rest of an array. */
  private List<Object> values() throws IOException {
    List<Object> values = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == null) {
        throw notAnAnswer("it ends in the middle");
      }
      values.add(value(token));
    }
    return values;
  }

  private Object value(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_STRING -> parser.getText();
      default -> throw notAnAnswer("a value is neither text nor number but " + token.asString());
    };
  }

  private void end() throws IOException {
    if (!hadRows) {
      throw notAnAnswer("it holds no rows");
    }
    if (expectedRows != null && expectedRows != rows) {
      throw notAnAnswer("it says " + expectedRows + " rows and holds " + rows);
    }
    ended = true;
    // To the very end, so that the connection can be used again.
    parser.nextToken();
    parser.close();
    reply.close();
  }

  private DomoException broken(IOException failure) {
    boolean malformed = failure instanceof JsonProcessingException;
    DomoException told =
        malformed
            // (The place alone: what stands there may be a row.)
            ? notAnAnswer("it is no JSON at byte " + parser.currentLocation().getByteOffset())
            : http.broken(wanted, failure);
    close();
    return told;
  }

  private DomoException notAnAnswer(String why) {
    close();
    return new DomoException(
        Outcome.DOMO, true, wanted + ": Domo's answer cannot be used: " + why, null);
  }
}
