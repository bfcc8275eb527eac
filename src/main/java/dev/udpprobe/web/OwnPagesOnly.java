package dev.udpprobe.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a handler does that {@link CrossSiteGuard} keeps pages of other sites from, though it takes no more than the right to look.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface OwnPagesOnly {

	/**
	 * Behind "is not allowed to".
	 */
	String value();

}
