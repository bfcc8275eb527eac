/**
 * Signed datagrams: only somebody who has the key can make one, and each counts once.
 */
@NullMarked
package dev.udpprobe.auth;

import org.jspecify.annotations.NullMarked;
