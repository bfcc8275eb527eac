package dev.udpprobe.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Tests that may take a {@link org.springframework.boot.test.system.CapturedOutput}. No service of another class starts meanwhile,
 * which would write into it, and set up the log anew.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(OutputCaptureExtension.class)
@ResourceLock(ThisJvm.LOCK)
public @interface ReadsLog {
}
