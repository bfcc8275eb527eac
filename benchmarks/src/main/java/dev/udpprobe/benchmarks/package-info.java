/**
 * Measures the product. Not part of it.
 */
package dev.udpprobe.benchmarks;
