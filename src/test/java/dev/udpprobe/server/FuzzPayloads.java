package dev.udpprobe.server;

import java.nio.ByteBuffer;
import java.util.Random;

import dev.udpprobe.echo.EchoFixture;

/**
 * Payloads at random: most of them short noise, some as long as datagrams get, and some
 * with what a server might obey at their start, whole or with a few bytes changed. None
 * begins with more than one greeting.
 */
final class FuzzPayloads {

	static final String FAREWELL = "goodbye";

	private static final int LONGEST = 65_507;

	private static final String[] BEGINNINGS = {"ip_ackTo=127.0.0.1:%d;id=0f6c9d6e-0000-4000-8000-000000000000;",
			"ip_ackTo=localhost:%d;id=0f6c9d6e-0000-4000-8000-00000000000f;hello", "ip_ackTo=:%d;id=;", "ip_ackTo=%d",
			"ip_ackTo=[::1]:%d;id=0f6c9d6e-0000-4000-8000-000000000000;ip_ackTo=127.0.0.1:%1$d;id=x;", "\0\0\0\0%d"};

	private final Random random;

	private final byte[][] beginnings;

	private final byte[] greeting;

	/**
	 * @param victim a port that headers tell the server to send to
	 */
	FuzzPayloads(long seed, int victim, String greeting) {
		this.random = new Random(seed);
		this.greeting = EchoFixture.bytes(greeting);
		this.beginnings = new byte[BEGINNINGS.length][];
		for (int i = 0; i < BEGINNINGS.length; i++) {
			this.beginnings[i] = EchoFixture.bytes(BEGINNINGS[i].formatted(victim));
		}
	}

	/**
	 * Puts the next one into a buffer, from its start to the new limit.
	 */
	void next(ByteBuffer into) {
		int kind = this.random.nextInt(1_000);
		into.clear();
		if (kind == 0) {
			fill(into, LONGEST - this.random.nextInt(2 * this.greeting.length));
		}
		else if (kind < 4) {
			fill(into, this.random.nextInt(LONGEST + 1));
		}
		else if (kind < 300) {
			beginning(into, kind);
			fill(into, into.position() + this.random.nextInt(40));
		}
		else {
			fill(into, this.random.nextInt((kind < 400) ? 1_500 : 80));
		}
		into.flip();
	}

	private void beginning(ByteBuffer into, int kind) {
		if (kind < 20) {
			into.put(EchoFixture.bytes(FAREWELL));
		}
		else if (kind < 50) {
			into.put(this.greeting);
		}
		else {
			into.put(this.beginnings[this.random.nextInt(this.beginnings.length)]);
		}
		if (this.random.nextBoolean()) {
			into.put(this.random.nextInt(into.position()), (byte) this.random.nextInt());
		}
		if (this.random.nextInt(10) == 0) {
			into.position(this.random.nextInt(into.position()));
		}
	}

	private void fill(ByteBuffer into, int length) {
		while (into.position() + Long.BYTES <= length) {
			into.putLong(this.random.nextLong());
		}
		while (into.position() < length) {
			into.put((byte) this.random.nextInt());
		}
	}

}
