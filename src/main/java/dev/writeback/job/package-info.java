/**
 * What operators write: their jobs, accounts and roles are read and checked as a whole before the
 * first run, with the place and the right word for each mistake.
 */
package dev.writeback.job;
