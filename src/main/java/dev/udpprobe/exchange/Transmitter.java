package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.linux.KernelSend;
import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.net.DatagramChannels;
import dev.udpprobe.outcome.Outcome;

/**
 * Sends an endpoint's datagrams, and tells it what the kernel says of them. For the loop's
 * thread.
 */
final class Transmitter implements DatagramReader.ErrorListener {

	private static final System.Logger logger = System.getLogger(Transmitter.class.getName());

	/** Each send may meet an error of a datagram before it, and then has not sent. */
	private static final int SEND_TRIES = 8;

	private final Endpoint endpoint;

	private final ExchangeChannels channels;

	private final long destinationKey;

	/** What this host said when it would not send a datagram of that length. */
	private int localMtu;

	/** How many have left, and how many of them before the kernel began to count. */
	private int left;

	private int uncounted;

	/** Why nothing is sent any more: an option could not be set. */
	private @Nullable Outcome optionFailure;

	Transmitter(Endpoint endpoint, InetSocketAddress remote, ExchangeChannels channels) {
		this.endpoint = endpoint;
		this.channels = channels;
		this.destinationKey = channels.rates().key(remote.getAddress());
	}

	/**
	 * @see Endpoint#set
	 */
	void set(DatagramChannels.Setup option) {
		if (this.optionFailure == null) {
			try {
				option.accept(this.endpoint.channel());
			}
			catch (IOException ex) {
				this.optionFailure = Failures.onSend(ex);
			}
		}
	}

	/**
	 * Sends a datagram. After that its timer is to be set, and the time read when it left.
	 * @return why it did not leave, or null if it did
	 */
	@Nullable
	Outcome transmit(SentDatagram datagram, byte[] payload) {
		if (this.optionFailure != null) {
			return this.optionFailure;
		}
		if (!this.channels.rates().take(this.destinationKey, System.nanoTime())) {
			return this.channels.rates().notSent();
		}
		for (int tries = 1;; tries++) {
			try {
				if (!send(datagram, payload)) {
					restartCount();
					return new Outcome.NotSent("the send buffer is full", true);
				}
				datagram.sent();
				this.left++;
				return null;
			}
			catch (IOException ex) {
				if (!isOfAnother(ex, tries) || !datagram.isWanted()) {
					if (Failures.isOfSocket(ex)) {
						this.endpoint.unusable();
					}
					return Failures.onSend(ex, this.localMtu);
				}
			}
		}
	}

	/**
	 * @return how many datagrams have left, modulo 2^32
	 */
	int left() {
		return this.left;
	}

	/**
	 * Starts the clock right before it sends.
	 * @return whether it left, or else the send buffer is full
	 */
	private boolean send(SentDatagram datagram, byte[] payload) throws IOException {
		DatagramChannel channel = this.endpoint.channel();
		datagram.sending();
		if (payload.length > 0 || this.endpoint.options().socket() != SocketKind.CONNECTED) {
			return channel.send(ByteBuffer.wrap(payload), this.endpoint.remote()) == payload.length;
		}
		if (this.channels.detail().errors()) {
			return KernelSend.empty(channel);
		}
		sendEmpty(datagram);
		return true;
	}

	/**
	 * Sends an empty datagram, which the JDK (25) silently does not on a connected channel,
	 * by an unconnected twin on the same port. The kernel gives the reply and the ICMP error
	 * to the connected one, which matches both addresses.
	 */
	private void sendEmpty(SentDatagram datagram) throws IOException {
		sharePort(this.endpoint.channel());
		try (DatagramChannel twin = ExchangeChannels.withOptions(this.endpoint.remote(), this.endpoint.options(),
				KernelDetail.none("the JDK sends it"), (channel) -> {
					sharePort(channel);
					channel.bind(this.endpoint.local());
				})) {
			datagram.sending();
			twin.send(ByteBuffer.allocate(0), this.endpoint.remote());
		}
	}

	private static void sharePort(DatagramChannel channel) throws IOException {
		if (!channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
			throw new IOException("this system sends no empty datagram from a connected socket");
		}
		channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
	}

	/**
	 * An error that a send meets may be of a datagram before it. It is in the queue, unless it
	 * was read there before the kernel had it pending, which happens once; or there is no queue.
	 */
	private boolean isOfAnother(IOException error, int tries) {
		boolean ofIcmp = Failures.isOfIcmp(error, this.endpoint.isIpv6());
		if (!this.channels.detail().errors()) {
			boolean another = ofIcmp && this.left > 0 && tries == 1 && !this.endpoint.isIgnoring(error);
			if (another) {
				this.endpoint.broke(error);
			}
			return another;
		}
		this.localMtu = 0;
		int found = this.endpoint.loop().reader().readErrors(this.endpoint);
		restartCount();
		return this.localMtu == 0 && ((found > 0) ? tries < SEND_TRIES : ofIcmp && tries == 1);
	}

	/**
	 * Some kernels count a datagram that was not sent.
	 */
	private void restartCount() {
		if (this.endpoint.isOpen() && this.channels.detail().times()) {
			try {
				SocketOptions.restartCount(this.endpoint.channel());
			}
			catch (IOException ex) {
				logger.log(System.Logger.Level.DEBUG, "times of leaving may be missing", ex);
			}
			this.uncounted = this.left;
		}
	}

	@Override
	public void transmitted(int datagram, long timeNanos) {
		SentDatagram sent = this.endpoint.sent(this.uncounted + datagram);
		if (sent != null) {
			sent.transmitted(timeNanos);
		}
	}

	@Override
	public void failed(QueuedError error, ByteBuffer quoted) {
		if (error.origin() == QueuedError.Origin.LOCAL) {
			this.localMtu = error.info();
		}
		else {
			this.endpoint.reported(error, Quotation.withoutExtensions(quoted, this.endpoint.isIpv6()));
		}
	}

}
