package dev.udpprobe.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.net.DatagramChannels;
import dev.udpprobe.outcome.RoundTrip;

/**
 * Reads with what the kernel knows beyond the JDK: its own times, and the ICMP errors
 * themselves.
 */
final class KernelReader implements ReplyLoop.Reader {

	private final DatagramReader reader = new DatagramReader();

	/**
	 * The kernel takes times of arrival as long as any socket asks for them, and needs a
	 * moment to begin.
	 */
	private final @Nullable DatagramChannel stamping;

	KernelReader(KernelDetail detail) {
		boolean made = false;
		try {
			this.stamping = detail.times() ? DatagramChannels.open(SocketOptions::timestamp) : null;
			made = true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			if (!made) {
				this.reader.close();
			}
		}
	}

	@Override
	public boolean read(PendingExchange pending) throws IOException {
		DatagramChannel channel = pending.channel();
		return switch (this.reader.receive(channel)) {
			case DATAGRAM -> {
				take(pending);
				yield true;
			}
			case NOTHING -> this.reader.readError(channel, pending) != DatagramReader.Queued.NOTHING;
			case ERROR -> {
				IOException error = this.reader.error();
				if (this.reader.readErrors(channel, pending) == 0 && !pending.isIgnoring()) {
					throw error;
				}
				yield true;
			}
		};
	}

	private void take(PendingExchange pending) {
		if (!pending.isSending()) {
			return;
		}
		long jvmNanos = pending.sinceSentNanos();
		long arrivedNanos = this.reader.timeNanos();
		InetSocketAddress from = (pending.kind() == SocketKind.CONNECTED) ? pending.remote() : this.reader.sender();
		byte[] reply = new byte[this.reader.payload().remaining()];
		this.reader.payload().get(reply);
		if (pending.transmittedNanos() == 0) {
			pending.answered();
			this.reader.readErrors(pending.channel(), pending);
		}
		pending.replied(reply, from, RoundTrip.of(pending.transmittedNanos(), arrivedNanos, jvmNanos));
	}

	@Override
	public void close() {
		this.reader.close();
		try {
			if (this.stamping != null) {
				this.stamping.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
