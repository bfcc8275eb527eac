package dev.udpprobe.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.udpprobe.access.Right;

/**
 * Says which right a handler takes, whatever its HTTP method. {@link HandlerRights} sees to it; and where that is more than to look,
 * {@link CrossSiteGuard} keeps pages of other sites from it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Needs {

	Right value();

}
