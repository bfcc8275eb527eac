package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

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

	/** The replies to the first two leave as one message. */
	private static final List<String> PAYLOADS = List.of("one", "two", "three");

	private BatchTrial() {}

	/**
	 * The first call tries it out, for milliseconds, or for some seconds where a system call
	 * neither works nor fails; others wait for it. Any thread may call.
	 * @return why this process cannot use a {@link DatagramBatch}, or null if it can
	 */
	public static @Nullable String unavailable() {
		return OfThisProcess.REASON;
	}

	private static final class OfThisProcess {

		private static final @Nullable String REASON = believed(BatchTrial::run);

	}

	/**
	 * Makes a trial again before its failure is believed: a process that stood still for a
	 * second, or a datagram of a stranger, may have been the cause.
	 * @param trial says why it failed, or null
	 */
	static @Nullable String believed(Supplier<@Nullable String> trial) {
		return (trial.get() == null) ? null : trial.get();
	}

	static @Nullable String run() {
		String reason = KernelDetail.noAccess();
		if (reason != null) {
			return reason;
		}
		try (DatagramChannel channel = DatagramChannel.open();
				DatagramBatch batch = new DatagramBatch(PAYLOADS.size(), 0, 0);
				DatagramSocket client = new DatagramSocket(null)) {
			callInVain(channel, batch);
			boolean reached = reachesItself(client);
			if (reached) {
				answer(client, channel, batch);
			}
			stop(channel, batch);
			if (reached) {
				tried("getsockname or connect", () -> {
					SocketQueue.connectToItself(channel);
					return 0;
				});
			}
			return null;
		}
		catch (IOException ex) {
			return ErrorText.of(ex);
		}
	}

	/**
	 * Makes the calls that need no network.
	 */
	private static void callInVain(DatagramChannel channel, DatagramBatch batch) throws IOException {
		SocketQueue.timeOuts(channel, WAIT_NANOS, WAIT_NANOS);
		SocketOptions.reportDestinations(channel);
		tried("getsockopt", () -> SocketQueue.drops(channel));
		if (tried("recvmmsg", () -> batch.receive(channel, false)) != 0) {
			throw new IOException("a new socket has datagrams");
		}
		tried("sendmmsg", () -> sendNothing(channel));
	}

	private static int sendNothing(DatagramChannel channel) throws IOException {
		MemorySegment errno = Arena.ofAuto().allocate(SystemCalls.ERRNO);
		int sent = SystemCalls.sendmmsg(errno, Descriptor.of(channel), MemorySegment.NULL, 0);
		if (sent < 0) {
			throw Errno.exception(SystemCalls.errno(errno));
		}
		return sent;
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
	private static void answer(DatagramSocket client, DatagramChannel channel, DatagramBatch batch) throws IOException {
		channel.bind(new InetSocketAddress(LOOPBACK, 0));
		batch.replies().segmenting(SocketOptions.segments(channel));
		for (String payload : PAYLOADS) {
			byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
			client.send(new DatagramPacket(bytes, bytes.length, channel.getLocalAddress()));
		}
		int answered = 0;
		while (answered < PAYLOADS.size()) {
			int count = tried("recvmmsg", () -> batch.receive(channel, true));
			if (count == 0) {
				throw new IOException("recvmmsg does not receive what was sent");
			}
			answered += tried("sendmmsg", () -> reply(channel, batch, count));
		}
		List<String> missing = new ArrayList<>(PAYLOADS);
		DatagramPacket reply = new DatagramPacket(new byte[64], 64);
		while (!missing.isEmpty()) {
			tried("receiving what sendmmsg sent", () -> {
				client.receive(reply);
				return 0;
			});
			if (!missing.remove(new String(reply.getData(), 0, reply.getLength(), StandardCharsets.US_ASCII))) {
				throw new IOException("sendmmsg sends other bytes than it was given");
			}
		}
	}

	private static int reply(DatagramChannel channel, DatagramBatch batch, int count) throws IOException {
		ReplyBatch replies = batch.replies();
		replies.clear();
		for (int i = 0; i < count; i++) {
			replies.answer(i, 0, batch.length(i));
		}
		if (replies.send(channel, false) > 0) {
			throw replies.failure();
		}
		return count;
	}

	/**
	 * Stops as a server does.
	 */
	private static void stop(DatagramChannel channel, DatagramBatch batch) throws IOException {
		SocketQueue.close(channel);
		SocketQueue.shutDown(channel);
		long startNanos = System.nanoTime();
		tried("recvmmsg", () -> batch.receive(channel, true));
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
