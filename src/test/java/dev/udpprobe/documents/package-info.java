/**
 * The documents: whole, and true to the code.
 */
@NullMarked
package dev.udpprobe.documents;

import org.jspecify.annotations.NullMarked;
