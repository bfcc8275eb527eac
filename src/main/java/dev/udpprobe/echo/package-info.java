/**
 * The echo server, a {@link dev.udpprobe.server.Handler}: what is answered, what ends a
 * session, and what is not answered at all.
 */
@NullMarked
package dev.udpprobe.echo;

import org.jspecify.annotations.NullMarked;
