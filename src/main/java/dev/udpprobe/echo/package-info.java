/**
 * The rules of the echo server: what is answered, what ends a session, what is counted, and
 * what is not answered at all.
 */
@NullMarked
package dev.udpprobe.echo;

import org.jspecify.annotations.NullMarked;
