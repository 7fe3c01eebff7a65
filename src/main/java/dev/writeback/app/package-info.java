/**
 * The standalone program: its commands, and Camel Main as they start it. Not part of the jar to
 * embed.
 */
package dev.writeback.app;
