package dev.udpprobe.server;

import java.util.Objects;

import org.springframework.integration.ip.udp.UdpServerListeningEvent;
import org.springframework.integration.ip.udp.inbound.UnicastReceivingChannelAdapter;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;

/**
 * The start of a server's flow: one message for all datagrams that were received at once. The
 * message is made once for each receiving thread, and sent again and again: it must not leave
 * the thread, and its headers say nothing.
 *
 * <p>
 * The life cycle is the stock adapter's. What that would do with a datagram by itself is
 * replaced by the {@link UdpServer}: a pool with an unbounded queue, a buffer of 2,048 bytes,
 * obedience to acknowledgement headers in the payload, silence on empty payloads, and a
 * silent end on any error of the socket.
 */
public final class InboundAdapter extends UnicastReceivingChannelAdapter {

	private final UdpServer server;

	public InboundAdapter(UdpServer server) {
		super(server.port());
		this.server = server;
		// The server has threads of its own.
		setTaskExecutor(Runnable::run);
	}

	@Override
	public int getPort() {
		return this.server.port();
	}

	@Override
	public boolean isListening() {
		return this.server.isListening();
	}

	@Override
	protected void doStart() {
		this.server.open(this::flow);
		super.doStart();
	}

	/**
	 * Straight to the channel: a messaging template would look into the headers each time.
	 */
	private Runnable flow(Batch batch) {
		MessageChannel channel = Objects.requireNonNull(getOutputChannel());
		Message<Batch> message = new GenericMessage<>(batch);
		return () -> channel.send(message);
	}

	@Override
	public void run() {
		this.server.start();
		getApplicationEventPublisher().publishEvent(new UdpServerListeningEvent(this, getPort()));
	}

	@Override
	protected void doStop() {
		this.server.stop();
		super.doStop();
	}

}
