package dev.udpprobe.module;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

import dev.udpprobe.net.Labelled;

/**
 * What time it is, as protocols write it.
 */
enum Clock implements Labelled {

	/** Seconds since 1900 in 32 bits, and their fractions in 32 (RFC 5905 6). */
	NTP_TIME(Long.BYTES),

	/** The seconds alone, in 32 bits. */
	NTP_SECONDS(Integer.BYTES),

	/** Seconds since 1970 in 32 bits. */
	UNIX_TIME(Integer.BYTES),

	/** Milliseconds since 1970 in 64 bits. */
	UNIX_MILLIS(Long.BYTES);

	/** From 1900 to 1970 (RFC 5905, figure 4). */
	private static final long SINCE_1900 = 2_208_988_800L;

	/** Of a second, in 2^-32: the first bits of an era's time count as 1968 to 2104. */
	private static final long FRACTION = 1L << Integer.SIZE;

	private final int length;

	Clock(int length) {
		this.length = length;
	}

	/**
	 * @return in bytes
	 */
	int length() {
		return this.length;
	}

	byte[] now() {
		Instant now = Instant.now();
		ByteBuffer bytes = ByteBuffer.allocate(this.length);
		switch (this) {
			case NTP_TIME -> bytes.putInt((int) (now.getEpochSecond() + SINCE_1900))
					.putInt((int) (now.getNano() * FRACTION / 1_000_000_000));
			case NTP_SECONDS -> bytes.putInt((int) (now.getEpochSecond() + SINCE_1900));
			case UNIX_TIME -> bytes.putInt((int) now.getEpochSecond());
			case UNIX_MILLIS -> bytes.putLong(now.toEpochMilli());
		}
		return bytes.array();
	}

	/**
	 * A time whose first bit is 0 is of the era that begins in 2036 (RFC 4330 3), and 0 is none (RFC 5905 6).
	 * @param bytes eight, or the first four of them
	 */
	static FieldValue ntpTime(byte[] bytes) {
		ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(bytes, Long.BYTES));
		if (in.getLong(0) == 0) {
			return new FieldValue.Text("unknown");
		}
		int seconds = in.getInt();
		long era = (seconds < 0) ? 0 : FRACTION;
		return new FieldValue.Time(Instant.ofEpochSecond(era + Integer.toUnsignedLong(seconds) - SINCE_1900,
				(Integer.toUnsignedLong(in.getInt()) * 1_000_000_000) >>> Integer.SIZE));
	}

}
