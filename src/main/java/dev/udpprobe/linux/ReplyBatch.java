package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

/**
 * Answers to the datagrams of a {@link DatagramBatch}, all sent by one call. Answers of one
 * length to one peer, one after the other, become one message that the kernel takes apart
 * as late as it can ({@code udp(7)}, UDP_SEGMENT), which saves most of the way through the
 * kernel for each.
 */
public final class ReplyBatch {

	/** Older kernels take no more segments in a message (UDP_MAX_SEGMENTS). */
	private static final int MAX_SEGMENTS = 64;

	/** Nor is a message longer than a datagram may be. */
	private static final int MAX_BYTES = 65_000;

	private static final int CONTROL_ROOM = 64;

	private final MemorySegment errno;

	/** What is answered, the message of each slot. */
	private final Messages received;

	private final int headroom;

	private final Messages messages;

	/** The slots of the answers, in the order in which they leave. */
	private final int[] order;

	/** Of each slot's answer. */
	private final int[] lengths;

	/** Where each slot's answer starts in the slot. */
	private final int[] offsets;

	private final boolean[] failed;

	/** The first answer of each message, and one behind the last. */
	private final int[] starts;

	private int count;

	private boolean segmenting;

	/** In this batch, so that the rest of it does not wait. */
	private boolean full;

	/** That of a call, a refusal or the last one; 0 if there was none since last asked. */
	private int shownErrno;

	private int lastErrno;

	/**
	 * @param headroom bytes of a slot before the datagram
	 */
	ReplyBatch(Arena arena, Messages received, int slots, int headroom) {
		this.errno = arena.allocate(SystemCalls.ERRNO);
		this.received = received;
		this.headroom = headroom;
		this.messages = new Messages(arena, slots, 0, CONTROL_ROOM);
		this.order = new int[slots];
		this.lengths = new int[slots];
		this.offsets = new int[slots];
		this.failed = new boolean[slots];
		this.starts = new int[slots + 1];
	}

	/**
	 * @param segmenting whether the kernel takes many datagrams in a message
	 * ({@link SocketOptions#segments})
	 */
	public void segmenting(boolean segmenting) {
		this.segmenting = segmenting;
	}

	/**
	 * Forgets the answers, for those to the next datagrams.
	 */
	public void clear() {
		this.count = 0;
	}

	/**
	 * Answers the datagram in a slot, behind those that are answered already, by bytes of that
	 * slot.
	 * @param offset from the slot's start
	 */
	public void answer(int slot, int offset, int length) {
		this.order[this.count++] = slot;
		this.offsets[slot] = offset;
		this.lengths[slot] = length;
		this.failed[slot] = false;
	}

	/**
	 * Sends the answers. An error of ICMP that shows here belongs to an earlier datagram, while
	 * this one has not left ({@code udp(7)}): it is noted and this one is sent again. Without room
	 * in the send buffer, this takes two of the channel's time-outs at most, and the rest is not sent.
	 * @param connected whether the channel is connected to the one peer of all answers
	 * @return how many were not sent
	 */
	public int send(DatagramChannel channel, boolean connected) {
		int descriptor = Descriptor.of(channel);
		int prepared = prepare(connected);
		int failures = 0;
		int done = 0;
		this.full = false;
		while (done < prepared) {
			// An error after the first message is lost (sendmmsg(2)), and only a connected socket has one of another.
			int sent = sendmmsg(descriptor, done, connected ? 1 : prepared - done, connected);
			if (sent > 0) {
				done += sent;
			}
			else {
				failures += sendSingly(descriptor, done, connected);
				done++;
			}
		}
		return failures;
	}

	/**
	 * Whether the answer of a slot was not sent.
	 */
	public boolean hasFailed(int slot) {
		return this.failed[slot];
	}

	/**
	 * @return why an answer was not sent the last time that one was not, as the JDK would
	 * throw it
	 */
	public IOException failure() {
		return Errno.exception(this.lastErrno);
	}

	/**
	 * @return a refusal, or else the last error that showed while sending, since last asked, as the
	 * JDK would throw it; null if there was none. It may be of an earlier datagram, and this one may have been sent nevertheless
	 */
	public @Nullable IOException takeError() {
		int number = this.shownErrno;
		this.shownErrno = 0;
		return (number != 0) ? Errno.exception(number) : null;
	}

	private int prepare(boolean connected) {
		int message = 0;
		int next = 0;
		while (next < this.count) {
			int end = this.segmenting ? endOfRun(next) : next + 1;
			this.starts[message] = next;
			prepare(message, next, end, connected);
			next = end;
			message++;
		}
		this.starts[message] = next;
		return message;
	}

	private int endOfRun(int start) {
		int slot = this.order[start];
		int length = this.lengths[slot];
		int end = start + 1;
		long max = (length == 0) ? 1 : Math.min(MAX_SEGMENTS, MAX_BYTES / length);
		while (end < this.count && end - start < max && this.lengths[this.order[end]] == length
				&& this.received.haveOneName(slot, this.order[end])
				&& PacketInfo.haveOneSource(this.received, slot, this.order[end])) {
			end++;
		}
		return end;
	}

	/**
	 * @param start the message's first answer
	 * @param end one behind its last
	 */
	private void prepare(int message, int start, int end, boolean connected) {
		for (int i = start; i < end; i++) {
			int slot = this.order[i];
			long slotAddress = this.received.bufferAddress(slot) - this.headroom;
			this.messages.buffer(i, slotAddress + this.offsets[slot], this.lengths[slot]);
		}
		this.messages.buffers(message, start, end - start);
		int first = this.order[start];
		if (connected) {
			this.messages.nameLength(message, 0);
		}
		else {
			this.messages.name(message, this.received, first);
		}
		MemorySegment control = this.messages.control();
		long at = this.messages.controlAt(message);
		long length = PacketInfo.answer(this.received, first, control, at);
		if (end - start > 1) {
			control.set(JAVA_SHORT, at + length + ControlMessages.CMSGHDR.byteSize(), (short) this.lengths[first]);
			length += ControlMessages.put(control, at + length, SocketOptions.SOL_UDP, SocketOptions.UDP_SEGMENT,
					Short.BYTES);
		}
		this.messages.controlLength(message, length);
	}

	/**
	 * Sends one by one what could not be sent together: not every path takes segments, and
	 * one answer's failure is not the others'.
	 */
	private int sendSingly(int descriptor, int message, boolean connected) {
		int failures = 0;
		for (int i = this.starts[message]; i < this.starts[message + 1]; i++) {
			prepare(message, i, i + 1, connected);
			if (sendmmsg(descriptor, message, 1, connected) <= 0) {
				this.lastErrno = SystemCalls.errno(this.errno);
				this.failed[this.order[i]] = true;
				failures++;
			}
		}
		return failures;
	}

	/**
	 * @return how many messages were sent, or -1
	 */
	private int sendmmsg(int descriptor, int first, int messageCount, boolean connected) {
		for (int tries = 0; !this.full && tries < 3; tries++) {
			int sent = SystemCalls.sendmmsg(this.errno, descriptor, this.messages.from(first), messageCount);
			if (sent >= 0 || !note(SystemCalls.errno(this.errno), connected)) {
				return sent;
			}
		}
		return -1;
	}

	/**
	 * Of several errors, a refusal is the one that is told.
	 * @return whether it may be of an earlier datagram
	 */
	private boolean note(int number, boolean connected) {
		this.full = Errno.EAGAIN.is(number);
		if (!Errno.ECONNREFUSED.is(this.shownErrno)) {
			this.shownErrno = number;
		}
		return Errno.EINTR.is(number) || (connected && Errno.isOfIcmp(number));
	}

}
