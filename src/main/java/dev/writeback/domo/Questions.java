package dev.writeback.domo;

import dev.writeback.run.Watermark;
import java.math.BigDecimal;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small questions about one DataSet, none of which reads its data. What Domo does not answer leaves
 * a doubt; it does not fail the run by itself.
 *
 * <p>A query's answer from Domo's cache, a refusal, a time-out and exactly 1,000,000 (the query
 * endpoint's limit) are no answer.
 */
final class Questions {

  private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

  private final DomoClient client;
  private final String dataSet;
  private final Cancellation cancellation;

  Questions(DomoClient client, String dataSet, Cancellation cancellation) {
    this.client = client;
    this.dataSet = dataSet;
    this.cancellation = cancellation;
  }

  Answer<DataSet> metadata() {
    return answer(() -> Answer.of(client.dataSet(dataSet, cancellation)));
  }

  /** How many rows there are that this client may see. */
  Answer<Long> count() {
    return count("");
  }

  /** How many rows there are of these batches. */
  Answer<Long> count(Watermark batches) {
    return count(Batches.where(batches));
  }

  /** How many rows there are that have no batch. */
  Answer<Long> withoutBatch() {
    return count(Batches.WITHOUT);
  }

  /** How many empty strings there are in a column of texts. */
  Answer<Long> emptyStrings(String column) {
    return column.indexOf('`') < 0
        ? count(" WHERE `" + column + "` = ''")
        : Answer.none("its name cannot be written in SQL");
  }

  private Answer<Long> count(String where) {
    return answer(
        () -> {
          try (QueryRows rows = query("SELECT COUNT(*) AS " + alias() + " FROM table" + where)) {
            List<Object> row = rows.hasNext() ? rows.next() : List.of();
            if (row.size() != 1 || rows.hasNext()) {
              return Answer.none("not one row of one number");
            }
            return fromCache(rows)
                ? Answer.none("Domo answered from its cache")
                : belowLimit(number(row.get(0)));
          }
        });
  }

  /** How many rows there are of each of these batches. */
  Answer<NavigableMap<Long, Long>> batches(Watermark batches) {
    return answer(
        () -> {
          String sql =
              "SELECT `%1$s`, COUNT(*) AS %2$s FROM table%3$s GROUP BY `%1$s`"
                  .formatted(Batches.COLUMN, alias(), Batches.where(batches));
          try (QueryRows rows = query(sql)) {
            return counts(rows);
          }
        });
  }

  private static Answer<NavigableMap<Long, Long>> counts(QueryRows rows) {
    NavigableMap<Long, Long> counts = new TreeMap<>();
    long read = 0;
    while (rows.hasNext()) {
      List<Object> row = rows.next();
      Answer<Long> count = row.size() == 2 ? number(row.get(1)) : Answer.none("not two numbers");
      Answer<Long> batch = row.size() == 2 ? number(row.get(0)) : count;
      if (batch.value() == null || count.value() == null) {
        return Answer.none(batch.value() == null ? batch.whyNone() : count.whyNone());
      }
      counts.merge(batch.value(), count.value(), Long::sum);
      read++;
    }
    if (read == DomoClient.MOST_QUERY_ROWS) {
      return Answer.none(read + " batches are the query endpoint's own limit");
    }
    return fromCache(rows) ? Answer.none("Domo answered from its cache") : Answer.of(counts);
  }

  private QueryRows query(String sql) {
    return client.query(dataSet, sql, cancellation);
  }

  /** The name differs each time, so that Domo has no reason to answer from its cache. */
  static String alias() {
    return "answer_" + Long.toHexString(ThreadLocalRandom.current().nextLong());
  }

  private static boolean fromCache(QueryRows rows) {
    return rows.fromCache().orElse(false);
  }

  private static Answer<Long> belowLimit(Answer<Long> count) {
    return count.value() != null && count.value() == DomoClient.MOST_QUERY_ROWS
        ? Answer.none(count.value() + " is the query endpoint's own limit")
        : count;
  }

  /** A whole number, however Domo types it. */
  static Answer<Long> number(Object value) {
    try {
      return Answer.of(new BigDecimal(String.valueOf(value)).longValueExact());
    } catch (NumberFormatException e) {
      return Answer.none("'" + value + "' is no number");
    } catch (ArithmeticException e) {
      return Answer.none(value + " is no whole number");
    }
  }

  private <T> Answer<T> answer(Supplier<Answer<T>> question) {
    try {
      return question.get();
    } catch (DomoException e) {
      if (cancellation.isCancelled()) {
        throw e;
      }
      LOG.debug("DataSet {}: no answer", dataSet, e);
      return Answer.none(e.getMessage());
    }
  }
}
