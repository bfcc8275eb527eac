/**
 * Who may see, ask and manage: accounts with their rights, and how many wrong credentials an address may give.
 */
@NullMarked
package dev.udpprobe.access;

import org.jspecify.annotations.NullMarked;
