package dev.udpprobe.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.linux.DatagramReader.Queued;
import dev.udpprobe.linux.DatagramReader.Received;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.net.DatagramChannels;
import dev.udpprobe.net.PayloadLimits;

/**
 * Reads what came for endpoints, and tells them. For the thread that made it.
 */
abstract class SocketReader implements AutoCloseable {

	/** Before silence counts. Others may have sent to an unconnected socket. */
	private static final int LAST_READS = 64;

	/** More than a receive buffer of the default size holds. */
	private static final int MAX_EARLIER = 512;

	/** Twice as many as an error queue of the default size holds. */
	private static final int MAX_ERRORS = 256;

	/**
	 * @return one that reads what this detail allows
	 */
	static SocketReader of(KernelDetail detail) {
		return detail.any() ? new Kernel(detail) : new Portable();
	}

	/**
	 * Reads one thing.
	 * @return whether there was anything
	 * @throws IOException if the channel has an error pending that nothing else tells of
	 */
	abstract boolean read(Endpoint endpoint) throws IOException;

	/**
	 * Throws away one thing that came before anything was sent, unless times will tell and nobody knows of any.
	 * @return whether there was anything to throw away
	 */
	abstract boolean discard(Endpoint endpoint) throws IOException;

	/**
	 * Throws away what came before anything was sent: it is nobody's answer, nor error.
	 */
	final void forgetEarlier(Endpoint endpoint) throws IOException {
		for (int reads = 0; reads < MAX_EARLIER && discard(endpoint); reads++) {
			// There may be more.
		}
	}

	/**
	 * Reads one ICMP error or time of leaving, if one is there and the system tells of it.
	 */
	abstract Queued readError(Endpoint endpoint);

	/**
	 * Reads as long as there is anything, and the endpoint awaits it for the same as at first. Whatever is thrown ends
	 * that endpoint alone.
	 * @param max how many things at the most
	 */
	final void read(Endpoint endpoint, int max) {
		try {
			Object awaiting = endpoint.awaiting();
			for (int reads = 0; reads < max && endpoint.isOpen() && read(endpoint) && awaiting != null
					&& endpoint.awaiting() == awaiting; reads++) {
				// There may be more.
			}
		}
		catch (IOException ex) {
			endpoint.broke(ex);
		}
		catch (Throwable ex) {
			endpoint.fail(ex);
		}
	}

	/**
	 * Looks whether there is anything for an endpoint whose time is over.
	 */
	final void readLast(Endpoint endpoint) {
		read(endpoint, LAST_READS + endpoint.backlog());
	}

	/**
	 * Reads the ICMP errors and times of leaving that are there, up to a bound, whatever floods
	 * the queue meanwhile.
	 * @return how many errors there were
	 */
	final int readErrors(Endpoint endpoint) {
		int errors = 0;
		Queued queued = Queued.OTHER;
		for (int reads = 0; reads < MAX_ERRORS && queued != Queued.NOTHING; reads++) {
			queued = readError(endpoint);
			errors += (queued == Queued.ERROR) ? 1 : 0;
		}
		return errors;
	}

	@Override
	public abstract void close();

	/**
	 * Reads with what the kernel knows beyond the JDK: its own times, and the ICMP errors
	 * themselves.
	 */
	private static final class Kernel extends SocketReader {

		private final DatagramReader reader = new DatagramReader();

		/**
		 * The kernel takes times of arrival as long as any socket asks for them, and needs a
		 * moment to begin.
		 */
		private final @Nullable DatagramChannel stamping;

		private Kernel(KernelDetail detail) {
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
				case NOTHING -> readError(endpoint) != Queued.NOTHING;
				case ERROR -> {
					IOException error = this.reader.error();
					if (readErrors(endpoint) == 0 && !endpoint.isIgnoring(error)) {
						throw error;
					}
					yield true;
				}
			};
		}

		@Override
		boolean discard(Endpoint endpoint) {
			return (this.stamping == null || endpoint.isStale())
					&& this.reader.receive(endpoint.channel()) != Received.NOTHING;
		}

		@Override
		Queued readError(Endpoint endpoint) {
			return endpoint.isOpen()
					? this.reader.readError(endpoint.channel(), endpoint.errors())
					: Queued.NOTHING;
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

	/**
	 * Reads with the JDK alone, which tells of some ICMP errors, but not who reported them.
	 */
	private static final class Portable extends SocketReader {

		private final ByteBuffer buffer = ByteBuffer.allocateDirect(PayloadLimits.BUFFER);

		/**
		 * {@code receive}, on a connected channel too: {@code read} cannot tell an empty
		 * datagram from none.
		 */
		@Override
		boolean read(Endpoint endpoint) throws IOException {
			InetSocketAddress from = (InetSocketAddress) endpoint.channel().receive(this.buffer.clear());
			if (from != null) {
				byte[] payload = new byte[this.buffer.flip().remaining()];
				this.buffer.get(payload);
				endpoint.received(payload, from, 0, System.nanoTime());
			}
			return from != null;
		}

		@Override
		boolean discard(Endpoint endpoint) throws IOException {
			try {
				return endpoint.channel().receive(this.buffer.clear()) != null;
			}
			catch (IOException ex) {
				if (!Failures.isOfIcmp(ex, endpoint.isIpv6())) {
					throw ex;
				}
				return true;
			}
		}

		@Override
		Queued readError(Endpoint endpoint) {
			return Queued.NOTHING;
		}

		@Override
		public void close() {}

	}

}
