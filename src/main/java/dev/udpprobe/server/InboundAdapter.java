package dev.udpprobe.server;

import org.springframework.integration.ip.udp.UdpServerListeningEvent;
import org.springframework.integration.ip.udp.inbound.UnicastReceivingChannelAdapter;

/**
 * The start of the flow: one message for all datagrams that were received at once. The life
 * cycle is the stock adapter's. What that would do with a datagram by itself is replaced by
 * the {@link Receiver}s: a pool with an unbounded queue, a buffer of 2,048 bytes, obedience
 * to acknowledgement headers in the payload, silence on empty payloads, and a silent end on
 * any error of the socket.
 */
final class InboundAdapter extends UnicastReceivingChannelAdapter {

	private final EchoServer server;

	InboundAdapter(EchoServer server) {
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
		this.server.open(this);
		super.doStart();
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
