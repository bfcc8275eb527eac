/**
 * The service in a network of its own: three routers that do what routers do.
 */
@NullMarked
package dev.udpprobe.network;

import org.jspecify.annotations.NullMarked;
