/**
 * The echo server on Spring Integration's UDP adapters.
 */
@NullMarked
package dev.udpprobe.echo.flow;

import org.jspecify.annotations.NullMarked;
