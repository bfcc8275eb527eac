/**
 * Datagrams that only who has the key can make, and each counts once.
 */
@NullMarked
package dev.udpprobe.auth;

import org.jspecify.annotations.NullMarked;
