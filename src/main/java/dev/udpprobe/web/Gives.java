package dev.udpprobe.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tells the OpenAPI description what a handler answers. Several add up.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.METHOD})
@interface Gives {

	Response[] value();

	/**
	 * What is wrong with a request that asks for datagrams.
	 */
	@Retention(RetentionPolicy.RUNTIME)
	@Gives({Response.BAD_FIELD, Response.FORBIDDEN_TARGET, Response.CROSS_SITE, Response.HOST})
	@interface WrongRequest {
	}

	/**
	 * What is wrong with a body that is read as a whole before anything is sent, and what keeps a datagram from being sent.
	 */
	@Retention(RetentionPolicy.RUNTIME)
	@Gives({Response.SLOW_BODY, Response.LONG_BODY, Response.OTHER_TYPE, Response.NOT_SENT, Response.UNRESOLVED,
			Response.SATURATED, Response.BODIES})
	@interface NothingSent {
	}

}
