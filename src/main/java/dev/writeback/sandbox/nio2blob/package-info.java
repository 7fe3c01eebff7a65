/**
 * Called as S3Proxy's own package, since S3Proxy tells by the name of a store's class whether it
 * can refuse to replace an object.
 */
package dev.writeback.sandbox.nio2blob;
