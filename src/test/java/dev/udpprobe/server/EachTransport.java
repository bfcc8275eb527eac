package dev.udpprobe.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A test class that is run for each transport, which its constructor takes. Where the system
 * has no native one, what stands in for it is the portable one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass
@EnumSource(value = Transport.class, names = {"AUTO", "PORTABLE"})
public @interface EachTransport {
}
