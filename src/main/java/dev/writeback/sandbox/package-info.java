/**
 * A Domo, a Security Token Service and an S3 on loopback, for tests and for trying things out.
 * {@link dev.writeback.sandbox.Sandbox} starts them; each has faults to switch on and counters to
 * ask, in this process or over HTTP.
 */
package dev.writeback.sandbox;
