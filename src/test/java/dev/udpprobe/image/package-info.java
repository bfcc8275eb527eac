/**
 * Builds the real image and runs it as a cluster would.
 */
@NullMarked
package dev.udpprobe.image;

import org.jspecify.annotations.NullMarked;
