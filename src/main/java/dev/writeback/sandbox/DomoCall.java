package dev.writeback.sandbox;

import java.time.Instant;
import java.util.Map;

/**
 * One request that the Domo has answered, or whose connection was broken.
 *
 * @param query decoded
 * @param headers by lower-case name; Authorization is masked
 * @param status of the answer; 0 where none was sent
 */
public record DomoCall(
    Instant at,
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    int status) {}
