package dev.writeback.app;

import java.util.List;

/**
 * What is new of a run that somebody follows.
 *
 * @param lines of the log
 * @param progress how far it is, or null
 * @param exitCode null while the run is under way
 * @param error why there was no run, or null
 */
record RunNews(List<String> lines, String progress, Integer exitCode, String error) {}
