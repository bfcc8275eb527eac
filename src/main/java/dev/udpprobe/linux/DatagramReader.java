package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.ErrorText;
import dev.udpprobe.net.PayloadLimits;

/**
 * Reads datagrams and errors from channels, with what the kernel knows beside them. One
 * reader serves any number of channels; it owns the memory that they are read into. For the
 * thread that made it alone; nobody may close a channel while it is read.
 */
public final class DatagramReader implements AutoCloseable {

	/**
	 * What is told of a channel's datagrams. Called by the reading thread.
	 */
	public interface ErrorListener {

		/**
		 * A datagram left.
		 * @param datagram how many this socket had sent before it
		 * @param timeNanos when it was given to the network device, in nanoseconds since
		 * 1970 by the kernel's clock
		 */
		void transmitted(int datagram, long timeNanos);

		/**
		 * A datagram failed.
		 * @param quoted as much of its payload as was told, which may be nothing; valid
		 * during the call
		 */
		void failed(QueuedError error, ByteBuffer quoted);

	}

	/**
	 * What {@link #receive} found.
	 */
	public enum Received {
		/** A datagram, which {@link #payload} has. */
		DATAGRAM,
		/** Nothing at this moment. */
		NOTHING,
		/** The socket's pending error, which {@link #error} has, instead. */
		ERROR
	}

	/**
	 * What {@link #readError} found.
	 */
	public enum Queued {
		/** An error. */
		ERROR,
		/** Something else: mostly a transmit time. */
		OTHER,
		/** Nothing at this moment. */
		NOTHING
	}

	/** {@code <bits/socket.h>}; the same on x86-64 and aarch64. */
	private static final int MSG_ERRQUEUE = 0x2000;

	private final Arena arena = Arena.ofConfined();

	private final MemorySegment errno = this.arena.allocate(SystemCalls.ERRNO);

	private final MemorySegment bytes = this.arena.allocate(PayloadLimits.BUFFER);

	private final ByteBuffer payload = this.bytes.asByteBuffer();

	private final Messages message = new Messages(this.arena, 1, Messages.NAME_ROOM, Messages.CONTROL_ROOM);

	public DatagramReader() {
		this.message.buffer(0, this.bytes.address(), this.bytes.byteSize());
	}

	/**
	 * Tries out both ways of reading.
	 * @param channel on which nothing can have come
	 * @throws IOException if one of them says anything but that nothing came
	 */
	static void tryOut(DatagramChannel channel) throws IOException {
		try (DatagramReader reader = new DatagramReader()) {
			reader.expectNothing(channel, SystemCalls.MSG_DONTWAIT);
			reader.expectNothing(channel, MSG_ERRQUEUE | SystemCalls.MSG_DONTWAIT);
		}
	}

	private void expectNothing(DatagramChannel channel, int flags) throws IOException {
		if (receive(channel, flags)) {
			throw new IOException("recvmsg finds something on a new socket");
		}
		if (!Errno.EAGAIN.is(SystemCalls.errno(this.errno))) {
			throw new IOException("recvmsg fails with '%s'".formatted(ErrorText.of(error())));
		}
	}

	/**
	 * Reads the next datagram, if one is there.
	 */
	public Received receive(DatagramChannel channel) {
		if (receive(channel, SystemCalls.MSG_DONTWAIT)) {
			return Received.DATAGRAM;
		}
		return Errno.EAGAIN.is(SystemCalls.errno(this.errno)) ? Received.NOTHING : Received.ERROR;
	}

	/**
	 * @return the payload of the datagram that was received last, until the next is read
	 */
	public ByteBuffer payload() {
		return this.payload;
	}

	/**
	 * @return who sent the datagram that was received last
	 */
	public InetSocketAddress sender() {
		return SocketAddresses.socketAddress(this.message.names(), 0);
	}

	/**
	 * @return when the datagram that was received last came, in nanoseconds since 1970 by
	 * the kernel's clock; 0 if the kernel took no time
	 */
	public long timeNanos() {
		return Timestamps.nanos(this.message, 0);
	}

	/**
	 * @return the error that {@link #receive} found, as the JDK would throw it
	 */
	public IOException error() {
		return Errno.exception(SystemCalls.errno(this.errno));
	}

	/**
	 * Reads one entry of the channel's error queue, if one is there.
	 */
	public Queued readError(DatagramChannel channel, ErrorListener listener) {
		if (!receive(channel, MSG_ERRQUEUE | SystemCalls.MSG_DONTWAIT)) {
			return Queued.NOTHING;
		}
		long at = ExtendedErrors.find(this.message, 0);
		if (at < 0) {
			return Queued.OTHER;
		}
		MemorySegment control = this.message.control();
		if (ExtendedErrors.isTransmitTime(control, at)) {
			listener.transmitted(ExtendedErrors.datagram(control, at), timeNanos());
			return Queued.OTHER;
		}
		listener.failed(ExtendedErrors.read(control, at, destination(), timeNanos()), this.payload);
		return Queued.ERROR;
	}

	/**
	 * The name of an error is whom the datagram was sent to ({@code ip(7)}, IP_RECVERR).
	 */
	private @Nullable InetSocketAddress destination() {
		return (this.message.nameLength(0) > 0) ? sender() : null;
	}

	private boolean receive(DatagramChannel channel, int flags) {
		long length;
		do {
			this.message.clear(0);
			length = SystemCalls.recvmsg(this.errno, Descriptor.of(channel), this.message.from(0), flags);
		} while (length < 0 && Errno.EINTR.is(SystemCalls.errno(this.errno)));
		if (length >= 0) {
			this.payload.clear().limit((int) length);
		}
		return length >= 0;
	}

	/**
	 * Frees the memory; by the thread that made the reader.
	 */
	@Override
	public void close() {
		this.arena.close();
	}

}
