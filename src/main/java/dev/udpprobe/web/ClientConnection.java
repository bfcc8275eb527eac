package dev.udpprobe.web;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Knows whether the client of a request is still there, while nothing is written to it. The servlet API has no word for that, but
 * Tomcat looks for more to read when it is asked.
 */
final class ClientConnection extends ValveBase {

	private static final String REQUEST = ClientConnection.class.getName();

	/** What Tomcat says in the place of a failure, such as the end of the connection. A further request has more bytes. */
	private static final int AT_AN_END = 1;

	ClientConnection() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		request.setAttribute(REQUEST, request.getCoyoteRequest());
		getNext().invoke(request, response);
	}

	/**
	 * For the thread that answers the request, when its body has been read.
	 * @throws AnswerLines.ClientLeftException if the client has ended the connection, or its half of it
	 */
	static void check(HttpServletRequest request) {
		if (request.getAttribute(REQUEST) instanceof org.apache.coyote.Request coyote) {
			coyote.action(ActionCode.AVAILABLE, true);
			if (coyote.getAvailable() == AT_AN_END) {
				throw new AnswerLines.ClientLeftException();
			}
		}
	}

}
