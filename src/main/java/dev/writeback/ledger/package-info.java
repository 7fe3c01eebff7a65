/**
 * The {@code ledger:} component: which run an exchange is, what it is about to write, and how it
 * ended.
 */
package dev.writeback.ledger;
