package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Objects;
import java.util.stream.IntStream;

import dev.udpprobe.linux.DatagramBatch;
import dev.udpprobe.linux.ReplyBatch;
import dev.udpprobe.net.PeerAddress;

/**
 * Many datagrams that are read by one system call, and answered by another. A datagram that
 * comes alone costs these two. Nothing is allocated for a datagram.
 */
final class NativeBatch extends Batch {

	/** How many datagrams one call takes. */
	private static final int SLOTS = 64;

	private final NativeSocket socket;

	private final DatagramBatch memory;

	/**
	 * @param segmenting whether the kernel takes many replies in a message
	 */
	NativeBatch(NativeSocket socket, boolean segmenting, int headroom, SendFailures failures) {
		this(socket, new DatagramBatch(SLOTS, headroom), headroom, failures);
		this.memory.replies().segmenting(segmenting);
	}

	private NativeBatch(NativeSocket socket, DatagramBatch memory, int headroom, SendFailures failures) {
		super(failures, IntStream.range(0, SLOTS)
				.mapToObj((slot) -> new Slot(memory.slot(slot), headroom))
				.toArray(Slot[]::new));
		this.socket = socket;
		this.memory = memory;
	}

	@Override
	public InetAddress destination(int index) {
		return Objects.requireNonNullElse(this.memory.destination(index), this.socket.receivedAt());
	}

	@Override
	public long timeNanos(int index) {
		return this.memory.timeNanos(index);
	}

	@Override
	public int hops(int index) {
		return this.memory.hops(index);
	}

	@Override
	int read(boolean wait) throws IOException {
		int count = this.socket.receive(this.memory, wait);
		for (int i = 0; i < count; i++) {
			Slot slot = get(i);
			this.memory.readSender(i, slot.peer());
			slot.received(this.memory.length(i), this.memory.isSentToMany(i));
		}
		return count;
	}

	@Override
	void send() {
		ReplyBatch replies = this.memory.replies();
		replies.clear();
		for (int i = 0; i < count(); i++) {
			Slot slot = get(i);
			if (slot.isToReply()) {
				replies.answer(i, slot.replyStart(), slot.replyLength());
			}
		}
		int failed = this.socket.send(replies);
		PeerAddress notReached = null;
		boolean left = false;
		for (int i = 0; i < count(); i++) {
			Slot slot = get(i);
			if (slot.isToReply()) {
				if (failed > 0 && replies.hasFailed(i)) {
					slot.drop(TransportDrop.SEND_FAILED);
					notReached = slot.peer();
				}
				else {
					slot.replied();
					left = true;
				}
			}
		}
		if (notReached != null) {
			failures().failed(failed, notReached, replies::failure);
		}
		if (left) {
			failures().replyLeft();
		}
	}

	@Override
	void connect(int index) throws IOException {
		this.socket.connect(this.memory, index, destination(index));
	}

	@Override
	boolean takeRefusal() {
		return this.memory.replies().takeRefusal();
	}

	@Override
	public void close() {
		this.memory.close();
	}

}
