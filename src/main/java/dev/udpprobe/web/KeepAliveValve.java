package dev.udpprobe.web;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.AbstractProtocol;

/**
 * Ends a connection with its answer while more than half of those that there may be are taken.
 * So idle ones, which Tomcat keeps for a minute, never take the places of all others.
 */
final class KeepAliveValve extends ValveBase {

	KeepAliveValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		if (request.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol
				&& protocol.getConnectionCount() > protocol.getMaxConnections() / 2) {
			// RFC 9112 9.6: the client asks nothing more on it.
			response.setHeader("Connection", "close");
		}
		getNext().invoke(request, response);
	}

}
