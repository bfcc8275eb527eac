package dev.udpprobe.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.outcome.Outcome;

/**
 * Sends an endpoint's datagrams, and tells it what the kernel says of them. For the loop's
 * thread.
 */
final class Transmitter implements DatagramReader.ErrorListener {

	/** Each send may meet an error of a datagram before it, and then has not sent. */
	private static final int SEND_TRIES = 8;

	private final Endpoint endpoint;

	private final ExchangeChannels channels;

	/** What this host said when it would not send a datagram of that length. */
	private int localMtu;

	/** How many have left, and how many of them before the kernel began to count. */
	private int left;

	private int uncounted;

	Transmitter(Endpoint endpoint, ExchangeChannels channels) {
		this.endpoint = endpoint;
		this.channels = channels;
	}

	int countSent() {
		return this.left;
	}

	/**
	 * Sends a datagram. After that its timer is to be set, and the time read when it left.
	 * @return why it did not leave, or null if it did
	 */
	@Nullable
	Outcome transmit(SentDatagram datagram, byte[] payload) {
		if (!this.channels.rates().take(this.endpoint.remote().getAddress(), System.nanoTime())) {
			return this.channels.rates().notSent();
		}
		for (int tries = 1;; tries++) {
			try {
				if (!this.channels.send(this.endpoint, datagram, payload)) {
					restartCount();
					return new Outcome.NotSent("the send buffer is full");
				}
				datagram.sent();
				this.left++;
				return null;
			}
			catch (IOException ex) {
				if (!isOfAnother(ex, tries) || !this.endpoint.isOpen()) {
					return Failures.onSend(ex, this.localMtu);
				}
			}
		}
	}

	/**
	 * An error that a send meets may be of a datagram before it. It is in the queue, unless it
	 * was read there before the kernel had it pending, which happens once; or there is no queue.
	 */
	private boolean isOfAnother(IOException error, int tries) {
		boolean ofIcmp = Failures.isOfIcmp(error, this.endpoint.isIpv6());
		if (!this.channels.detail().errors()) {
			if (ofIcmp && this.left > 0) {
				this.endpoint.broke(error);
			}
			return false;
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
		if (this.endpoint.isOpen()) {
			this.channels.restartCount(this.endpoint.channel());
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
			this.endpoint.reported(error, quoted);
		}
	}

}
