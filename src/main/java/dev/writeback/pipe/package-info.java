/**
 * The {@code pipe:} component: runs any Camel data format on a thread of its own and leaves the
 * live end of what it writes as the message body, so that bytes flow on while they are made.
 */
package dev.writeback.pipe;
