package dev.udpprobe.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.net.DatagramChannels;

/**
 * Reads with what the kernel knows beyond the JDK: its own times, and the ICMP errors
 * themselves.
 */
final class KernelReader extends SocketReader {

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
	boolean read(Endpoint endpoint) throws IOException {
		return switch (this.reader.receive(endpoint.channel())) {
			case DATAGRAM -> {
				byte[] payload = new byte[this.reader.payload().remaining()];
				this.reader.payload().get(payload);
				endpoint.received(payload,
						(endpoint.options().socket() == SocketKind.CONNECTED)
								? endpoint.remote()
								: this.reader.sender(),
						this.reader.timeNanos(), System.nanoTime());
				yield true;
			}
			case NOTHING -> readError(endpoint) != DatagramReader.Queued.NOTHING;
			case ERROR -> {
				IOException error = this.reader.error();
				if (readErrors(endpoint) == 0 && !endpoint.isIgnoring()) {
					throw error;
				}
				yield true;
			}
		};
	}

	@Override
	boolean discard(Endpoint endpoint) {
		return this.stamping == null
				&& this.reader.receive(endpoint.channel()) != DatagramReader.Received.NOTHING;
	}

	@Override
	DatagramReader.Queued readError(Endpoint endpoint) {
		return endpoint.isOpen()
				? this.reader.readError(endpoint.channel(), endpoint.errors())
				: DatagramReader.Queued.NOTHING;
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
