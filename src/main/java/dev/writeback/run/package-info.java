/**
 * The words that all rooms share: a run and its outcome, how it fails, what its object is called.
 * It knows no other room.
 */
package dev.writeback.run;
