package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Objects;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

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

	private final @Nullable RefusalReader refusals;

	/**
	 * @param segmenting whether the kernel takes many replies in a message
	 */
	NativeBatch(NativeSocket socket, boolean segmenting, int headroom, SendFailures failures) {
		this(socket, new DatagramBatch(SLOTS, MAX_PUT_BACK, headroom), headroom, failures);
		this.memory.replies().segmenting(segmenting);
	}

	private NativeBatch(NativeSocket socket, DatagramBatch memory, int headroom, SendFailures failures) {
		super(failures, IntStream.range(0, SLOTS + MAX_PUT_BACK)
				.mapToObj((slot) -> new Slot(memory.slot(slot), headroom))
				.toArray(Slot[]::new));
		this.socket = socket;
		this.memory = memory;
		this.refusals = socket.reportsErrors() ? new RefusalReader() : null;
	}

	@Override
	public InetAddress destination(int index) {
		return Objects.requireNonNullElse(this.memory.destination(index), this.socket.lastRead().address());
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
		SentReplies sent = this.socket.current().sentReplies();
		replies.clear();
		for (int turn = 0; turn < count(); turn++) {
			int i = inOrder(turn);
			Slot slot = get(i);
			if (slot.isToReply()) {
				replies.answer(i, slot.replyStart(), slot.replyLength());
				if (sent != null) {
					sent.add(slot.reply());
				}
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
	void copyOrigin(int from, int to) {
		this.memory.copyOrigin(from, to);
	}

	@Override
	void connect(int index) throws IOException {
		this.socket.connect(this.memory, index, destination(index));
	}

	@Override
	@Nullable
	Refusal refusal(IOException error) {
		return refusal(this.socket.lastRead(), error);
	}

	@Override
	Refusal takeRefusal() {
		IOException error = this.memory.replies().takeError();
		Refusal refusal = (error != null) ? refusal(this.socket.current(), error) : null;
		return Objects.requireNonNullElse(refusal, Refusal.NONE);
	}

	private @Nullable Refusal refusal(NativeChannel channel, IOException error) {
		return (this.refusals != null) ? this.refusals.read(channel, error) : Refusal.of(error);
	}

	@Override
	public void close() {
		if (this.refusals != null) {
			this.refusals.close();
		}
		this.memory.close();
	}

}
