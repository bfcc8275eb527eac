package dev.udpprobe.server;

import org.springframework.integration.ip.udp.UdpServerListeningEvent;
import org.springframework.integration.ip.udp.inbound.AbstractInternetProtocolReceivingChannelAdapter;

/**
 * The start of the flow where the transport is the native one: one message for each batch
 * of datagrams that the kernel gave at once.
 */
final class NativeInboundAdapter extends AbstractInternetProtocolReceivingChannelAdapter {

	private final EchoServer server;

	NativeInboundAdapter(EchoServer server) {
		super(server.port());
		this.server = server;
		// The server has threads of its own.
		setTaskExecutor(Runnable::run);
	}

	@Override
	public String getComponentType() {
		return "udp:native-inbound-channel-adapter";
	}

	@Override
	public void setSoSendBufferSize(int size) {
		throw new UnsupportedOperationException("replies leave through the socket that receives");
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
