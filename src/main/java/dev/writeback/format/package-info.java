/**
 * The data formats that Camel lacks, or has too slow for whole DataSets. Each one streams in
 * constant memory and serves any number of exchanges at once.
 */
package dev.writeback.format;
