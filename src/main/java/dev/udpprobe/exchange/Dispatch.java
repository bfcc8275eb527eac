package dev.udpprobe.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.linux.KernelSend;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.outcome.Outcome;

/**
 * Sends the datagram of an exchange, and waits for what comes of it. For the thread that
 * makes the exchange.
 */
final class Dispatch {

	private final ReplyLoop loop;

	private final KernelDetail detail;

	Dispatch(ReplyLoop loop, KernelDetail detail) {
		this.loop = loop;
		this.detail = detail;
	}

	/**
	 * @param pending on a channel that this takes over
	 */
	Exchange run(PendingExchange pending) throws InterruptedException {
		boolean sent = false;
		Outcome ending = null;
		// Where the JVM takes the time the loop must be waiting; otherwise it finds all at once, with one wake-up less.
		if (!this.detail.any()) {
			this.loop.watch(pending);
		}
		try {
			sent = send(pending);
			if (sent && this.detail.any()) {
				this.loop.watch(pending);
			}
			ending = sent ? await(pending) : new Outcome.NotSent("the send buffer is full");
		}
		catch (IOException ex) {
			ending = ownFailure(pending, ex);
		}
		finally {
			// Unless the loop did, which then has closed the channel.
			if (pending.end((ending != null) ? ending : pending.silence())) {
				this.loop.forget(pending);
			}
		}
		// A local firewall that rejects fails the send and has the loop read a refusal, in either order.
		Outcome outcome = (sent || ending == null) ? pending.outcome() : ending;
		return new Exchange(pending.remote(), pending.local(), sent ? pending.payload().length : 0, sent, outcome);
	}

	private @Nullable Outcome await(PendingExchange pending) throws InterruptedException {
		Outcome outcome = pending.await();
		return (outcome != null) ? outcome : this.loop.lastLook(pending);
	}

	private Outcome ownFailure(PendingExchange pending, IOException failure) {
		try {
			return Failures.onSend(failure,
					this.detail.errors() ? SocketOptions.mtu(pending.channel(), pending.isIpv6()) : 0);
		}
		catch (IOException _) {
			return Failures.onSend(failure);
		}
	}

	private boolean send(PendingExchange pending) throws IOException {
		byte[] payload = pending.payload();
		if (payload.length > 0 || pending.kind() == SocketKind.UNCONNECTED) {
			pending.sending();
			return pending.channel().send(ByteBuffer.wrap(payload), pending.remote()) == payload.length;
		}
		if (this.detail.errors()) {
			pending.sending();
			return KernelSend.empty(pending.channel());
		}
		ExchangeChannels.sendEmpty(pending);
		return true;
	}

}
