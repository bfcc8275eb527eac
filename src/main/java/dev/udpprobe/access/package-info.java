/**
 * Who may see, ask and manage: accounts with their rights, what shows them, how much each may ask, and which proxies are
 * believed.
 */
@NullMarked
package dev.udpprobe.access;

import org.jspecify.annotations.NullMarked;
