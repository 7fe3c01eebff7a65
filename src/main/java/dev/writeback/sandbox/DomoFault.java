package dev.writeback.sandbox;

import java.util.Objects;

/**
 * Something that goes wrong at Domo, for the requests that it fits.
 *
 * @param endpoint null for any
 * @param dataSet the id of the DataSet that it is about; null for any
 * @param amount bytes, bytes a second, rows or a count, as the kind says
 * @param status of the answer, where the kind answers
 * @param message what the answer says; null for Domo's usual words
 * @param retryAfterSeconds the header Retry-After; 0 for none
 * @param times how many requests it hits; 0 for every one until {@link SandboxDomo#heal}
 * @param sql what a query must have in it; null for any
 * @param after how many requests that fit are let through before
 */
public record DomoFault(
    Kind kind,
    Endpoint endpoint,
    String dataSet,
    long amount,
    int status,
    String message,
    int retryAfterSeconds,
    int times,
    String sql,
    int after) {

  public DomoFault {
    Objects.requireNonNull(kind, "A fault must have a kind");
  }

  /** What goes wrong. */
  public enum Kind {
    /** The request is refused with the status. */
    REFUSE,
    /**
     * The answer begins, or not even that, and then nothing comes until {@link SandboxDomo#heal}.
     */
    STALL,
    /** The connection is broken after so many bytes of an export. */
    CUT,
    /** An export ends after so many bytes as if that were all. */
    END_EARLY,
    /** An export lacks its last rows, and ends as if that were all. */
    MISSING_ROWS,
    /** An export has its header and no row. */
    HEADER_ONLY,
    /**
     * An export has the message for a row, behind so many others, and lacks its last one. Each
     * character is a byte; the message ends its line itself, or does not.
     */
    WRONG_ROW,
    /** An export comes at so many bytes a second. */
    THROTTLE,
    /** The DataSet is updated while an export is under way. */
    UPDATED,
    /** COUNT gives this number. */
    WRONG_COUNT,
    /** A query's answer says that it comes from the cache. */
    CACHED,
    /** Metadata tells this number of rows. */
    ROWS_LAG
  }

  /** What a request asks for. */
  public enum Endpoint {
    TOKEN,
    LIST,
    METADATA,
    EXPORT,
    QUERY,
    STREAMS
  }

  private static DomoFault of(Kind kind, Endpoint endpoint, long amount) {
    return new DomoFault(kind, endpoint, null, amount, 0, null, 0, 0, null, 0);
  }

  /**
   * Answers with an error: for instance 401, 429, 500, 502, 503; 406 comes as the HTML page that
   * Domo gives to CSV calls.
   */
  public static DomoFault refuse(Endpoint endpoint, int status) {
    return new DomoFault(Kind.REFUSE, endpoint, null, 0, status, null, 0, 0, null, 0);
  }

  /** The 403 that means a rate limit, as https://github.com/openstax/domo/issues/142 saw it. */
  public static DomoFault rateLimit(Endpoint endpoint) {
    return refuse(endpoint, 403).saying("API Rate limit reached.");
  }

  /** Metadata refused as https://github.com/domoinc/domo-node-sdk/issues/6 saw it. */
  public static DomoFault metadataRefused() {
    return refuse(Endpoint.METADATA, 400).saying("Infrastructure problem (403): Access is denied");
  }

  /** Of an export, stalls after so many bytes; of anything else, before the answer. */
  public static DomoFault stall(Endpoint endpoint, long bytes) {
    return of(Kind.STALL, endpoint, bytes);
  }

  public static DomoFault cutAfter(long bytes) {
    return of(Kind.CUT, Endpoint.EXPORT, bytes);
  }

  public static DomoFault endEarlyAfter(long bytes) {
    return of(Kind.END_EARLY, Endpoint.EXPORT, bytes);
  }

  public static DomoFault missingRows(long rows) {
    return of(Kind.MISSING_ROWS, Endpoint.EXPORT, rows);
  }

  public static DomoFault headerOnly() {
    return of(Kind.HEADER_ONLY, Endpoint.EXPORT, 0);
  }

  /** Malformed CSV in the place of a row, behind so many others. */
  public static DomoFault wrongRow(long before, String bytes) {
    return of(Kind.WRONG_ROW, Endpoint.EXPORT, before).saying(bytes);
  }

  public static DomoFault throttle(long bytesPerSecond) {
    return of(Kind.THROTTLE, Endpoint.EXPORT, bytesPerSecond);
  }

  public static DomoFault updatedDuringExport() {
    return of(Kind.UPDATED, Endpoint.EXPORT, 0);
  }

  public static DomoFault wrongCount(long told) {
    return of(Kind.WRONG_COUNT, Endpoint.QUERY, told);
  }

  public static DomoFault cachedCount() {
    return of(Kind.CACHED, Endpoint.QUERY, 0);
  }

  public static DomoFault rowsLagAt(long told) {
    return of(Kind.ROWS_LAG, Endpoint.METADATA, told);
  }

  /** The same, only for this DataSet. */
  public DomoFault onDataSet(String id) {
    return new DomoFault(
        kind, endpoint, id, amount, status, message, retryAfterSeconds, times, sql, after);
  }

  /** The same, with this message in the answer. */
  public DomoFault saying(String words) {
    return new DomoFault(
        kind, endpoint, dataSet, amount, status, words, retryAfterSeconds, times, sql, after);
  }

  /** The same, with the header Retry-After. */
  public DomoFault retryAfter(int seconds) {
    return new DomoFault(
        kind, endpoint, dataSet, amount, status, message, seconds, times, sql, after);
  }

  /** The same, for as many requests and no more. */
  public DomoFault times(int limit) {
    return new DomoFault(
        kind, endpoint, dataSet, amount, status, message, retryAfterSeconds, limit, sql, after);
  }

  /** The same, once so many requests that fit have been let through. */
  public DomoFault after(int requests) {
    return new DomoFault(
        kind, endpoint, dataSet, amount, status, message, retryAfterSeconds, times, sql, requests);
  }

  /** The same, only for queries with this text in them. */
  public DomoFault onSql(String text) {
    return new DomoFault(
        kind, endpoint, dataSet, amount, status, message, retryAfterSeconds, times, text, after);
  }

  boolean fits(Kind wanted, Endpoint asked, String id, String query) {
    return kind == wanted
        && (endpoint == null || endpoint == asked)
        && (dataSet == null || dataSet.equals(id))
        && (sql == null || (query != null && query.contains(sql)));
  }
}
