/**
 * The page in a real browser, with real datagrams.
 */
@NullMarked
package dev.udpprobe.page;

import org.jspecify.annotations.NullMarked;
