/**
 * The {@code domo:} component: reads DataSets of Domo as one client of its developer portal, live
 * and proved, and never more than asked.
 */
package dev.writeback.domo;
