package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.net.PeerAddress;

import static java.lang.foreign.ValueLayout.JAVA_INT;

/**
 * Reads datagrams from a channel by one call for many, and answers them by one call for
 * many, each from the address that it was sent to. It owns the memory for both, and nothing
 * is allocated for a datagram. For the thread that made it alone; nobody may close a channel
 * while it is used.
 */
public final class DatagramBatch implements AutoCloseable {

	/** {@code <sys/socket.h>}; the same on x86-64 and aarch64. */
	private static final int MSG_WAITFORONE = 0x10000;

	/** What a slot has beyond the longest datagram, so that slots do not share their lines of the processor's cache. */
	private static final long STAGGER = 3 * 64;

	private final Arena arena = Arena.ofConfined();

	private final MemorySegment errno = this.arena.allocate(SystemCalls.ERRNO);

	private final int slots;

	private final long slotSize;

	private final MemorySegment bytes;

	private final Messages messages;

	private final ReplyBatch replies;

	private int received;

	/**
	 * @param slots how many datagrams are read at one go, at most
	 * @param spare how many slots there are behind these, for others to be answered
	 * @param headroom bytes before each datagram, for what is to go before it in an answer
	 */
	public DatagramBatch(int slots, int spare, int headroom) {
		this.slots = slots;
		int all = slots + spare;
		this.slotSize = (headroom + PayloadLimits.BUFFER + Long.BYTES - 1 & -Long.BYTES) + STAGGER;
		boolean complete = false;
		try {
			this.bytes = Pages.map(this.arena, all * this.slotSize);
			this.messages = new Messages(this.arena, all, Messages.NAME_ROOM, Messages.CONTROL_ROOM);
			for (int i = 0; i < all; i++) {
				this.messages.buffer(i, this.bytes.address() + i * this.slotSize + headroom, PayloadLimits.BUFFER);
			}
			this.replies = new ReplyBatch(this.arena, this.messages, all, headroom);
			complete = true;
		}
		finally {
			if (!complete) {
				this.arena.close();
			}
		}
	}

	/**
	 * @return headroom and room for a datagram
	 */
	public ByteBuffer slot(int slot) {
		return this.bytes.asSlice(slot * this.slotSize, this.slotSize - STAGGER).asByteBuffer();
	}

	/**
	 * Reads what is there into the first slots.
	 * @param wait whether to wait for the first datagram, as long as the channel's time-out
	 * says
	 * @return how many datagrams were read
	 * @throws java.net.PortUnreachableException if the connected peer's host refused a datagram
	 */
	public int receive(DatagramChannel channel, boolean wait) throws IOException {
		for (int i = 0; i < this.received; i++) {
			this.messages.clear(i);
		}
		int count = SystemCalls.recvmmsg(this.errno, Descriptor.of(channel), this.messages.from(0), this.slots,
				wait ? MSG_WAITFORONE : SystemCalls.MSG_DONTWAIT);
		this.received = Math.max(0, count);
		if (count < 0) {
			int number = SystemCalls.errno(this.errno);
			if (Errno.EAGAIN.is(number) || Errno.EINTR.is(number)) {
				return 0;
			}
			throw Errno.exception(number);
		}
		return (this.messages.nameLength(0) == 0) ? withoutFirst(count) : count;
	}

	/**
	 * Waiting ends on a socket that was shut down with neither datagram nor sender in the
	 * first slot. What came at that very moment follows, and the last of it moves there.
	 */
	private int withoutFirst(int count) {
		int last = count - 1;
		if (last > 0) {
			this.messages.copy(last, 0);
			MemorySegment.copy(this.bytes, last * this.slotSize, this.bytes, 0, this.slotSize);
		}
		return last;
	}

	/**
	 * @return bytes of the datagram
	 */
	public int length(int slot) {
		return this.messages.length(slot);
	}

	/**
	 * Reads who sent a datagram; an IPv4 address is mapped.
	 */
	public void readSender(int slot, PeerAddress into) {
		SocketAddresses.read(this.messages.names(), this.messages.nameAt(slot), into);
	}

	/**
	 * Whether it was sent to a broadcast or multicast address, as far as is told.
	 */
	public boolean isSentToMany(int slot) {
		return PacketInfo.isSentToMany(this.messages, slot);
	}

	/**
	 * @return the address that it was sent to, if that is told
	 */
	@Nullable
	public InetAddress destination(int slot) {
		return PacketInfo.destination(this.messages, slot);
	}

	/**
	 * @return when it came, in nanoseconds since 1970 by the kernel's clock; 0 if that is not
	 * told ({@link SocketOptions#reportTimesAndHops})
	 */
	public long timeNanos(int slot) {
		return Timestamps.nanos(this.messages, slot);
	}

	/**
	 * @return the TTL or hop limit with which it came, 0 to 255; -1 if that is not told
	 * ({@link SocketOptions#reportTimesAndHops})
	 */
	public int hops(int slot) {
		long at = ControlMessages.findOfEither(this.messages, slot, SocketOptions.IP_TTL, SocketOptions.IPV6_HOPLIMIT);
		return (at >= 0) ? this.messages.control().get(JAVA_INT, at) : -1;
	}

	/**
	 * Has the answer from one slot go where that from another goes, and leave from the same address.
	 */
	public void copyOrigin(int from, int to) {
		this.messages.copy(from, to);
	}

	/**
	 * Connects a channel to a datagram's sender. Unlike the JDK, it keeps what is queued.
	 */
	public void connect(DatagramChannel channel, int slot) throws IOException {
		MemorySegment name = this.messages.names().asSlice(this.messages.nameAt(slot));
		if (SystemCalls.connect(this.errno, Descriptor.of(channel), name, this.messages.nameLength(slot)) != 0) {
			throw Errno.exception(SystemCalls.errno(this.errno));
		}
	}

	/**
	 * @return what answers the datagrams that were read last
	 */
	public ReplyBatch replies() {
		return this.replies;
	}

	/**
	 * Frees the memory; by the thread that made it.
	 */
	@Override
	public void close() {
		this.arena.close();
	}

}
