package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

import dev.udpprobe.echo.EchoFixture;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends payloads and takes the reply to each, in order. It has no more on the way than the
 * buffers of both sockets hold, so that nothing is lost. For one thread.
 */
final class FuzzSender implements AutoCloseable {

	private static final int LONGEST = 65_507;

	private static final int MOST_ON_THE_WAY = 32;

	/** The kernel counts a datagram as several times what it carries. */
	private static final int MOST_BYTES_ON_THE_WAY = 1 << 16;

	private static final int BUFFER = 1 << 22;

	private static final int PATIENCE_MILLIS = 10_000;

	private final DatagramChannel channel = DatagramChannel.open();

	private final Selector selector = Selector.open();

	private final InetSocketAddress server;

	private final FuzzPayloads payloads;

	private final byte[] greeting;

	private final Deque<ByteBuffer> onTheWay = new ArrayDeque<>();

	private final Deque<ByteBuffer> spare = new ArrayDeque<>();

	private final ByteBuffer reply = ByteBuffer.allocateDirect(1 << 16);

	private int bytesOnTheWay;

	private long replies;

	private long farewells;

	private long oversized;

	FuzzSender(InetSocketAddress server, FuzzPayloads payloads, String greeting) throws IOException {
		this.server = server;
		this.payloads = payloads;
		this.greeting = EchoFixture.bytes(greeting);
		this.channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
		this.channel.bind(EchoFixture.loopback(0));
		this.channel.configureBlocking(false);
		this.channel.register(this.selector, SelectionKey.OP_READ);
		for (int i = 0; i <= MOST_ON_THE_WAY; i++) {
			ByteBuffer buffer = ByteBuffer.allocateDirect(this.greeting.length + LONGEST).put(this.greeting);
			this.spare.add(buffer.slice(0, buffer.capacity()));
		}
	}

	long replies() {
		return this.replies;
	}

	long farewells() {
		return this.farewells;
	}

	long oversized() {
		return this.oversized;
	}

	/**
	 * Sends so many, and waits for all replies.
	 */
	void send(int datagrams) throws IOException {
		for (int i = 0; i < datagrams; i++) {
			ByteBuffer expected = this.spare.remove();
			expected.clear();
			ByteBuffer payload = expected.slice(this.greeting.length, LONGEST);
			this.payloads.next(payload);
			expected.limit(this.greeting.length + payload.limit());
			while (!this.onTheWay.isEmpty() && (this.spare.isEmpty()
					|| this.bytesOnTheWay + payload.limit() > MOST_BYTES_ON_THE_WAY)) {
				take();
			}
			send(payload, expected);
		}
		while (!this.onTheWay.isEmpty()) {
			take();
		}
		assertThat(this.channel.receive(this.reply.clear())).isNull();
	}

	private void send(ByteBuffer payload, ByteBuffer expected) throws IOException {
		while (this.channel.send(payload.duplicate(), this.server) == 0 && payload.hasRemaining()) {
			Thread.onSpinWait();
		}
		if (isFarewell(payload)) {
			this.farewells++;
			this.spare.add(expected);
		}
		else if (expected.limit() > LONGEST) {
			this.oversized++;
			this.spare.add(expected);
		}
		else {
			this.onTheWay.add(expected);
			this.bytesOnTheWay += expected.limit();
		}
	}

	private static boolean isFarewell(ByteBuffer payload) {
		byte[] start = new byte[Math.min(payload.limit(), FuzzPayloads.FAREWELL.length())];
		payload.get(0, start);
		return new String(start, StandardCharsets.ISO_8859_1).equals(FuzzPayloads.FAREWELL);
	}

	/**
	 * Takes the reply to what was sent first.
	 */
	private void take() throws IOException {
		while (this.channel.receive(this.reply.clear()) == null) {
			assertThat(this.selector.select((_) -> {}, PATIENCE_MILLIS)).as("there is a reply").isPositive();
		}
		ByteBuffer expected = this.onTheWay.remove();
		if (!this.reply.flip().equals(expected)) {
			throw new AssertionError("not the %d bytes that were sent, but %d".formatted(expected.limit(),
					this.reply.limit()));
		}
		this.bytesOnTheWay -= expected.limit();
		this.spare.add(expected);
		this.replies++;
	}

	@Override
	public void close() throws IOException {
		this.selector.close();
		this.channel.close();
	}

}
