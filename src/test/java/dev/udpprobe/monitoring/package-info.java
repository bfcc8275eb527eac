/**
 * The rules and the dashboard, with promtool and a real Prometheus.
 */
@NullMarked
package dev.udpprobe.monitoring;

import org.jspecify.annotations.NullMarked;
