/**
 * The configuration: its properties and their checks, what is said of a wrong one, and the
 * wiring of the parts.
 */
@NullMarked
package dev.udpprobe.config;

import org.jspecify.annotations.NullMarked;
