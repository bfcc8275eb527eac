/**
 * What the Linux kernel knows and the JDK does not. Elsewhere only this detail is missing.
 */
@NullMarked
package dev.udpprobe.linux;

import org.jspecify.annotations.NullMarked;
