package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.udpprobe.outcome.Outcome;

/**
 * A connected socket for any number of exchanges with one target, one after the other, so all from one
 * local port, which load balancers keep on one path. It is as one exchange each on a socket of its own,
 * but for what opening it costs. For any thread: an exchange begins on the thread of the loop that the
 * socket belongs to, at once if it is asked for there.
 *
 * <p>
 * It counts as one of the engine's exchanges in flight only while an exchange is under way, and has a
 * descriptor and a local port until it is closed. What comes while none is under way is nobody's: it
 * wakes the loop once at the most, and is thrown away before the next exchange.
 *
 * <p>
 * What comes late for one exchange while the next one is under way, only the dialogue can tell from its
 * answer, and an ICMP error only by other bytes at the beginning of the datagram that it quotes. Without
 * the kernel's detail, an error quotes nothing, and so counts for the exchange that is under way when it comes.
 */
public final class KeptSocket extends ExchangeSocket implements AutoCloseable {

	private final ExchangeChannels channels;

	private final boolean hasErrors;

	private final AtomicBoolean underWay = new AtomicBoolean();

	/** Whether something may lie there that is nobody's. */
	private boolean stale;

	/**
	 * @param channel connected, and one that reports errors where the kernel's detail is available
	 */
	KeptSocket(ExchangeLoop loop, ExchangeChannels channels, DatagramChannel channel, InetSocketAddress remote,
			ExchangeOptions options) throws IOException {
		super(loop, channels, channel, remote, options);
		this.channels = channels;
		this.hasErrors = channels.detail().errors();
	}

	/**
	 * Has the loop know of it, which closes it when the engine is closed.
	 */
	void begin() {
		attempt(() -> {
			loop().check();
			listen();
		});
	}

	/**
	 * Begins the next exchange. If it cannot be known whether the socket will send again, it is closed when the
	 * exchange ends: where the local host does not send from its address any more or cannot receive, and where
	 * the dialogue throws.
	 * @param dialogue what to say, and what is an answer; of this exchange alone
	 * @return the exchange, with an outcome as of one on a socket of its own; {@link Outcome.NotSent} if the socket is
	 * closed. Completed by the loop's thread, so what depends on it must be quick, and may begin the next one.
	 * To cancel it abandons the exchange, and the next one can begin soon after
	 * @throws SaturatedException if too many exchanges are in flight, or no more are taken
	 * @throws IllegalStateException if an exchange is under way already
	 */
	public CompletableFuture<Exchange> exchange(Dialogue dialogue) {
		Conversation conversation = new Conversation(this, dialogue);
		if (!this.underWay.compareAndSet(false, true)) {
			throw new IllegalStateException("an exchange with " + remote() + " is under way on this socket");
		}
		boolean taken = false;
		boolean begun = false;
		try {
			this.channels.take();
			taken = true;
			loop().run(() -> begin(conversation));
			begun = true;
			return conversation.promise();
		}
		finally {
			if (!begun) {
				giveBack(taken);
			}
		}
	}

	private void giveBack(boolean place) {
		if (place) {
			this.channels.giveBack();
		}
		this.underWay.set(false);
	}

	private void begin(Conversation conversation) {
		attempt(() -> {
			current(conversation);
			loop().check();
			if (!isOpen()) {
				conversation.end(new Outcome.NotSent("the socket is closed"));
				return;
			}
			conversation.begin();
			if (this.stale && current() == conversation) {
				this.stale = false;
				listen();
			}
		});
	}

	@Override
	void forgetEarlier() throws IOException {
		super.forgetEarlier();
		if (this.stale) {
			loop().reader().readErrors(this);
		}
	}

	/** To listen for each exchange alone would cost two calls of the system for each. */
	@Override
	boolean hears() {
		this.stale |= current() == null;
		return current() != null || !isOpen();
	}

	@Override
	boolean isStale() {
		return this.stale;
	}

	/**
	 * Whatever ICMP says is in the queue as well, where there is one; and what is pending may be of the exchange
	 * before.
	 */
	@Override
	boolean isIgnoring(IOException pending) {
		return super.isIgnoring(pending) || (this.hasErrors && Failures.isOfIcmp(pending, isIpv6()));
	}

	@Override
	boolean hasPlace() {
		return false;
	}

	@Override
	void unusable() {
		release();
	}

	@Override
	void leave(int sent) {
		current(null);
		// Of several, one that was not answered may be answered yet.
		this.stale |= sent > 1;
		giveBack(true);
	}

	/**
	 * Closes the socket, once, and cancels the exchange that is under way. Waits until that is done, but not in
	 * the thread of a loop.
	 */
	@Override
	public void close() {
		close(() -> {
			Conversation conversation = current();
			if (release() && conversation != null) {
				conversation.cancel();
			}
		});
	}

}
