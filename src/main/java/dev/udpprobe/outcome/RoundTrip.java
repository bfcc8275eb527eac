package dev.udpprobe.outcome;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

import dev.udpprobe.net.Labelled;

/**
 * How long an answer took.
 *
 * @param nanos nanoseconds from the send to the arrival
 * @param clock whose they are
 * @param jvmNanos nanoseconds from before the send to after the receive, as this process
 * saw it; what exceeds {@code nanos} is what the JVM cost on top
 */
public record RoundTrip(long nanos, Clock clock, long jvmNanos) {

	/** Of their histograms: 50 us to 10 s. */
	public static final List<Duration> BOUNDS = Stream
			.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
					2_500_000, 5_000_000, 10_000_000)
			.map((micros) -> Duration.of(micros, ChronoUnit.MICROS))
			.toList();

	/**
	 * A clock.
	 */
	public enum Clock implements Labelled {

		/**
		 * The kernel's, read when the datagram was given to the network device and when the
		 * answer came from it.
		 */
		KERNEL,

		/** The JVM's, read before the send and after the receive. */
		JVM

	}

	public static RoundTrip jvm(long nanos) {
		return new RoundTrip(nanos, Clock.JVM, nanos);
	}

	/**
	 * Prefers the kernel's times. They are of a clock that may be set, so what does not fit
	 * into the JVM's time, which is not, is not believed.
	 * @param sentNanos the kernel's time, or 0 if it took none
	 * @param arrivedNanos the kernel's time, or 0 if it took none
	 */
	public static RoundTrip of(long sentNanos, long arrivedNanos, long jvmNanos) {
		long nanos = arrivedNanos - sentNanos;
		return (sentNanos != 0 && arrivedNanos != 0 && nanos >= 0 && nanos <= jvmNanos)
				? new RoundTrip(nanos, Clock.KERNEL, jvmNanos)
				: jvm(jvmNanos);
	}

	/**
	 * @return what the JVM cost on top, in nanoseconds
	 */
	public long overheadNanos() {
		return this.jvmNanos - this.nanos;
	}

}
