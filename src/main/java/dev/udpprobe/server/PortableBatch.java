package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.PayloadLimits;

/**
 * One datagram at a time, as the JDK reads and sends it. It allocates the sender's address for
 * each.
 */
final class PortableBatch extends Batch {

	/** How long nothing may come before the socket is connected. */
	private static final long QUIET_NANOS = 1_000_000;

	/** As much is queued here while the socket is connected. */
	private static final int MAX_QUEUED = 1_024;

	private static final int MAX_BYTES_QUEUED = 1 << 20;

	/** How long it waits for what may still come. */
	private static final long MAX_QUEUEING_NANOS = 50_000_000;

	private final PortableSocket socket;

	private final int headroom;

	private final long waitNanos;

	/** As the JDK has it, of the slot's. */
	private @Nullable InetSocketAddress sender;

	/** Lost if the socket fails, as what the kernel has queued is. */
	private final Queue<Queued> queued = new ArrayDeque<>();

	private int bytesQueued;

	private boolean refused;

	private record Queued(InetSocketAddress sender, ByteBuffer payload) {}

	/**
	 * @param waitNanos how long {@link #read} waits at most
	 */
	PortableBatch(PortableSocket socket, int headroom, long waitNanos, SendFailures failures) {
		super(failures, slot(headroom), slot(headroom));
		this.socket = socket;
		this.headroom = headroom;
		this.waitNanos = waitNanos;
	}

	private static Slot slot(int headroom) {
		return new Slot(ByteBuffer.allocateDirect(headroom + PayloadLimits.BUFFER), headroom);
	}

	@Override
	public @Nullable InetAddress destination(int index) {
		InetAddress bound = this.socket.address().getAddress();
		return bound.isAnyLocalAddress() ? null : bound;
	}

	@Override
	public long timeNanos(int index) {
		return 0;
	}

	@Override
	public int hops(int index) {
		return -1;
	}

	@Override
	int read(boolean wait) throws IOException {
		Slot slot = get(0);
		ByteBuffer buffer = slot.buffer().position(this.headroom);
		InetSocketAddress now = receive(buffer, wait);
		if (now == null) {
			return 0;
		}
		if (!now.equals(this.sender)) {
			this.sender = now;
			slot.peer().set(now);
		}
		slot.received(buffer.position() - this.headroom, false);
		return 1;
	}

	private @Nullable InetSocketAddress receive(ByteBuffer buffer, boolean wait) throws IOException {
		Queued first = this.queued.poll();
		if (first == null) {
			return this.socket.receive(buffer, wait ? this.waitNanos : 0);
		}
		this.bytesQueued -= first.payload.remaining();
		buffer.put(first.payload);
		return first.sender;
	}

	@Override
	void copyOrigin(int from, int to) {}

	@Override
	void send() {
		InetSocketAddress to = this.sender;
		for (int turn = 0; turn < count() && to != null; turn++) {
			Slot slot = get(inOrder(turn));
			if (slot.isToReply()) {
				send(slot, to);
			}
		}
	}

	private void send(Slot slot, InetSocketAddress to) {
		try {
			send(slot.reply(), to);
			slot.replied();
			failures().replyLeft();
		}
		catch (IOException ex) {
			slot.drop(TransportDrop.SEND_FAILED);
			failures().failed(1, slot.peer(), () -> ex);
		}
	}

	/**
	 * A refusal that shows here belongs to an earlier reply: it is noted and this one is sent
	 * again.
	 */
	private void send(ByteBuffer reply, InetSocketAddress to) throws IOException {
		try {
			this.socket.send(reply, to);
		}
		catch (PortUnreachableException _) {
			this.refused = true;
			this.socket.send(reply, to);
		}
	}

	/**
	 * A peer sends its next datagram as soon as it has a reply. So what is queued is read
	 * before it would be lost, until no more comes, and is the next to be received.
	 */
	@Override
	void connect(int index) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(PayloadLimits.BUFFER);
		long startNanos = System.nanoTime();
		boolean more = true;
		for (int reads = 0; more && reads < MAX_QUEUED && !isFull(); reads++) {
			boolean wait = System.nanoTime() - startNanos < MAX_QUEUEING_NANOS;
			more = queueNext(buffer.clear(), wait ? QUIET_NANOS : 0);
		}
		this.socket.connect(Objects.requireNonNull(this.sender));
	}

	private boolean isFull() {
		return this.queued.size() >= MAX_QUEUED || this.bytesQueued >= MAX_BYTES_QUEUED;
	}

	/**
	 * @return whether there may be more
	 */
	private boolean queueNext(ByteBuffer buffer, long waitNanos) throws IOException {
		try {
			InetSocketAddress next = this.socket.receive(buffer, waitNanos);
			if (next != null) {
				this.queued.add(new Queued(next, ByteBuffer.allocate(buffer.position()).put(buffer.flip()).flip()));
				this.bytesQueued += buffer.limit();
			}
			return next != null;
		}
		catch (PortUnreachableException _) {
			// Of an earlier peer, on a socket that leaves.
			return true;
		}
	}

	@Override
	@Nullable
	Refusal refusal(IOException error) {
		return Refusal.of(error);
	}

	@Override
	Refusal takeRefusal() {
		Refusal taken = this.refused ? Refusal.UNPROVEN : Refusal.NONE;
		this.refused = false;
		return taken;
	}

}
