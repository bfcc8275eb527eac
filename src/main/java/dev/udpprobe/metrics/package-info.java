/**
 * Everything that is counted, as Micrometer meters.
 */
@NullMarked
package dev.udpprobe.metrics;

import org.jspecify.annotations.NullMarked;
