/**
 * What is between here and a target: the hops of the path, and the MTU that it has.
 */
@NullMarked
package dev.udpprobe.path;

import org.jspecify.annotations.NullMarked;
