/**
 * The entry point of the service.
 */
@NullMarked
package dev.udpprobe;

import org.jspecify.annotations.NullMarked;
