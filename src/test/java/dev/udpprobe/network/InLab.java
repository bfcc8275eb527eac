package dev.udpprobe.network;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests in the lab, run in each {@link Mode}; their constructor gets the mode and the
 * {@link Lab}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithLab
@ParameterizedClass(name = "{0}")
@EnumSource(Mode.class)
@interface InLab {
}
