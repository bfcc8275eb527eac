package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.DatagramChannels;
import dev.udpprobe.net.ErrorText;

/**
 * Tries out all that is done with a socket of batches. A system may have the calls and deny
 * them nevertheless, as a seccomp profile does ({@code seccomp(2)}).
 */
public final class BatchTrial {

	/** How long a datagram may take on loopback. */
	private static final int WAIT_MILLIS = 1_000;

	private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);

	private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

	private static final byte[] GREETING = "Hi, ".getBytes(StandardCharsets.US_ASCII);

	/** The replies to the first two leave as one message. */
	private static final List<String> PAYLOADS = List.of("one", "two", "three");

	private final DatagramChannel channel;

	private final DatagramBatch batch;

	private BatchTrial(DatagramChannel channel, DatagramBatch batch) {
		this.channel = channel;
		this.batch = batch;
	}

	/**
	 * Blocks for some seconds where a call neither works nor fails, otherwise for milliseconds.
	 * @return why this process cannot use a {@link DatagramBatch}, or null if it can
	 */
	public static @Nullable String unavailable() {
		String reason = KernelDetail.noAccess();
		if (reason != null) {
			return reason;
		}
		try (DatagramChannel channel = DatagramChannels.open(BatchTrial::setUp);
				DatagramBatch batch = new DatagramBatch(PAYLOADS.size(), GREETING.length);
				DatagramSocket client = new DatagramSocket(null)) {
			BatchTrial trial = new BatchTrial(channel, batch);
			trial.callInVain();
			if (reachesItself(client)) {
				trial.answer(client);
			}
			trial.stop();
			return null;
		}
		catch (IOException ex) {
			return ErrorText.of(ex);
		}
	}

	private static void setUp(DatagramChannel channel) throws IOException {
		SocketQueue.timeOuts(channel, WAIT_NANOS, WAIT_NANOS);
		SocketOptions.reportDestinations(channel);
	}

	/**
	 * Makes the calls that need no network.
	 */
	private void callInVain() throws IOException {
		tried("getsockopt", () -> SocketQueue.drops(this.channel));
		if (tried("recvmmsg", () -> this.batch.receive(this.channel, false)) != 0) {
			throw new IOException("a new socket has datagrams");
		}
		tried("sendmmsg", this::sendNothing);
	}

	private int sendNothing() throws IOException {
		try (Arena arena = Arena.ofConfined()) {
			MemorySegment errno = arena.allocate(SystemCalls.ERRNO);
			int sent = SystemCalls.sendmmsg(errno, Descriptor.of(this.channel), MemorySegment.NULL, 0);
			if (sent < 0) {
				throw Errno.exception(SystemCalls.errno(errno));
			}
			return sent;
		}
	}

	/**
	 * Whether a datagram of the JDK arrives. None does where loopback is down, as in a new
	 * network namespace.
	 */
	private static boolean reachesItself(DatagramSocket client) {
		try {
			client.bind(new InetSocketAddress(LOOPBACK, 0));
			client.setSoTimeout(WAIT_MILLIS);
			client.send(new DatagramPacket(new byte[1], 1, client.getLocalSocketAddress()));
			client.receive(new DatagramPacket(new byte[1], 1));
			return true;
		}
		catch (IOException _) {
			return false;
		}
	}

	/**
	 * Answers a client, whose datagrams are in the queue before their sends return.
	 */
	private void answer(DatagramSocket client) throws IOException {
		this.channel.bind(new InetSocketAddress(LOOPBACK, 0));
		client.connect(this.channel.getLocalAddress());
		this.batch.replies().segmenting(SocketOptions.segments(this.channel));
		List<ByteBuffer> replies = new ArrayList<>();
		for (String text : PAYLOADS) {
			byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
			this.batch.slot(replies.size()).put(0, GREETING);
			client.send(new DatagramPacket(payload, payload.length));
			replies.add(ByteBuffer.allocate(GREETING.length + payload.length).put(GREETING).put(payload).flip());
		}
		int answered = 0;
		while (answered < replies.size()) {
			int count = tried("recvmmsg", () -> this.batch.receive(this.channel, true));
			if (count == 0) {
				throw new IOException("recvmmsg does not receive what was sent");
			}
			answered += tried("sendmmsg", () -> reply(count));
		}
		while (!replies.isEmpty()) {
			if (!replies.remove(receive(client))) {
				throw new IOException("sendmmsg sends other bytes than it was given");
			}
		}
	}

	private int reply(int count) throws IOException {
		ReplyBatch replies = this.batch.replies();
		replies.clear();
		for (int i = 0; i < count; i++) {
			replies.answer(i, 0, GREETING.length + this.batch.length(i));
		}
		if (replies.send(this.channel, false) > 0) {
			throw replies.failure();
		}
		return count;
	}

	private static ByteBuffer receive(DatagramSocket client) throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[64], 64);
		try {
			client.receive(packet);
		}
		catch (SocketTimeoutException ex) {
			throw new IOException("what sendmmsg sends does not arrive", ex);
		}
		return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
	}

	/**
	 * Stops as a server does.
	 */
	private void stop() throws IOException {
		SocketQueue.close(this.channel);
		SocketQueue.shutDown(this.channel);
		long startNanos = System.nanoTime();
		tried("recvmmsg", () -> this.batch.receive(this.channel, true));
		if (System.nanoTime() - startNanos > WAIT_NANOS / 10 * 9) {
			throw new IOException("shutdown does not end a call that waits");
		}
	}

	private interface Call {

		int make() throws IOException;

	}

	private static int tried(String name, Call call) throws IOException {
		try {
			return call.make();
		}
		catch (IOException ex) {
			throw new IOException("%s fails with '%s'".formatted(name, ErrorText.of(ex)), ex);
		}
	}

}
