/**
 * What tests of several packages need.
 */
@NullMarked
package dev.udpprobe.testing;

import org.jspecify.annotations.NullMarked;
