/**
 * What the Helm chart makes, rendered by Helm itself.
 */
@NullMarked
package dev.udpprobe.chart;

import org.jspecify.annotations.NullMarked;
