package dev.udpprobe.server;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.linux.DatagramReader.Queued;
import dev.udpprobe.linux.Errno;
import dev.udpprobe.linux.QueuedError;

/**
 * Reads what ICMP messages quote, from the error queues of sockets that are connected to a
 * peer. Of the thread that made it.
 */
final class RefusalReader implements DatagramReader.ErrorListener, AutoCloseable {

	/** As long as there are more, the kernel keeps an error pending, which tells of them. */
	private static final int MAX_ERRORS = 256;

	private final DatagramReader reader = new DatagramReader();

	private @Nullable SentReplies sent;

	private @Nullable Refusal most;

	/**
	 * Empties the error queue of a channel, if the kernel fills it.
	 * @param error that the channel had, and that the kernel has forgotten
	 * @return what it or the queue says, or null if it comes from no ICMP message that is known
	 */
	@Nullable
	Refusal read(NativeChannel channel, IOException error) {
		this.sent = channel.sentReplies();
		this.most = null;
		int reads = 0;
		while (this.sent != null && channel.get().isOpen() && reads < MAX_ERRORS
				&& this.reader.readError(channel.get(), this) != Queued.NOTHING) {
			reads++;
		}
		return (this.most != null) ? this.most : withoutEntry(error);
	}

	/**
	 * The kernel queues an error first and makes it pending then, so it may have been read and
	 * judged before; and where the receive buffer is full it queues none, so nothing is quoted.
	 */
	private @Nullable Refusal withoutEntry(IOException error) {
		if (this.sent == null) {
			return Refusal.of(error);
		}
		Errno errno = Errno.of(error);
		return (errno != null && (errno.isOfIcmp(false) || errno.isOfIcmp(true))) ? Refusal.NONE : null;
	}

	@Override
	public void failed(QueuedError error, ByteBuffer quoted) {
		Refusal refusal = (error.isRefusal() && this.sent != null)
				? this.sent.refusal(quoted, error.origin() == QueuedError.Origin.ICMPV6)
				: Refusal.NONE;
		this.most = (this.most == null || refusal.compareTo(this.most) > 0) ? refusal : this.most;
	}

	@Override
	public void transmitted(int datagram, long timeNanos) {
		// Nobody asks for it.
	}

	@Override
	public void close() {
		this.reader.close();
	}

}
