/**
 * Wires the parts together: configuration properties, bean definitions and the entry
 * point.
 */
@NullMarked
package dev.udpprobe;

import org.jspecify.annotations.NullMarked;
