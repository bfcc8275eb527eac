package dev.udpprobe.echo.flow;

import java.io.IOException;

import org.springframework.integration.ip.udp.outbound.UnicastSendingMessageHandler;
import org.springframework.messaging.Message;

import dev.udpprobe.echo.DropReason;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.LogBudget;

/**
 * The end of the flow: sends a reply through the socket that its datagram came in by,
 * because a connected client drops what comes from any other port.
 *
 * <p>
 * The adapter's own way of sending opens another socket, and evaluates an expression and
 * makes a random id for each message; none of that is needed here.
 */
final class EchoOutboundAdapter extends UnicastSendingMessageHandler {

	private final EchoInboundAdapter inbound;

	private final EchoCounts counts;

	private final LogBudget logBudget = new LogBudget(1);

	EchoOutboundAdapter(EchoInboundAdapter inbound, EchoCounts counts) {
		super("localhost", 0);
		this.inbound = inbound;
		this.counts = counts;
	}

	@Override
	public void handleMessageInternal(Message<?> message) {
		DatagramMessage reply = (DatagramMessage) message;
		int length = reply.getPayload().remaining();
		try {
			this.inbound.echoSocket().send(reply.getPayload(), reply.peer());
			this.counts.replied(length);
		}
		catch (IOException ex) {
			this.counts.dropped(DropReason.SEND_FAILED);
			if (this.logBudget.take()) {
				logger.warn("cannot reply to " + reply.peer() + ": " + ex.getMessage());
			}
		}
	}

}
