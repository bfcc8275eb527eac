/**
 * The HTTP edge: what a request means, and what an outcome looks like.
 */
@NullMarked
package dev.udpprobe.web;

import org.jspecify.annotations.NullMarked;
