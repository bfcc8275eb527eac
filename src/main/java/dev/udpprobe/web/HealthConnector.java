package dev.udpprobe.web;

import java.io.IOException;
import java.net.InetAddress;
import java.util.OptionalInt;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A port for {@code /livez} and {@code /readyz} alone, with connections and platform threads of
 * its own: whoever takes all connections of the HTTP port, or keeps its threads busy, does not
 * make the service look dead.
 */
@Component
class HealthConnector extends OncePerRequestFilter
		implements
			WebServerFactoryCustomizer<TomcatServletWebServerFactory>,
			Ordered {

	static final Set<String> PATHS = Set.of("/livez", "/readyz");

	private static final int MAX_CONNECTIONS = 50;

	private static final int MAX_THREADS = 4;

	private static final int TIMEOUT_MILLIS = 5_000;

	private final OptionalInt port;

	private final Connector connector = new Connector();

	HealthConnector(OptionalInt healthPort) {
		this.port = healthPort;
	}

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		if (this.port.isEmpty()) {
			return;
		}
		this.connector.setPort(this.port.getAsInt());
		InetAddress address = factory.getAddress();
		if (this.connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
			if (address != null) {
				protocol.setAddress(address);
			}
			protocol.setMaxConnections(MAX_CONNECTIONS);
			protocol.setConnectionTimeout(TIMEOUT_MILLIS);
			// Whoever sends a body is refused, and Tomcat would wait for the rest of it.
			protocol.setDisableUploadTimeout(false);
			protocol.setConnectionUploadTimeout(1);
			protocol.setMaxSwallowSize(0);
			// Requests on the other port keep the carriers of virtual threads busy.
			protocol.setMinSpareThreads(1);
			protocol.setMaxThreads(MAX_THREADS);
			// Whoever asks and asks and does not read keeps no thread, either.
			protocol.setMaxKeepAliveRequests(1);
		}
		factory.addAdditionalConnectors(this.connector);
	}

	@Override
	public int getOrder() {
		// In front of Spring Security: this port takes no accounts.
		return Ordered.HIGHEST_PRECEDENCE + 5;
	}

	/**
	 * @return the port that was taken
	 */
	int port() {
		return this.connector.getLocalPort();
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		String path = RequestReader.path(request);
		if (this.port.isPresent() && request.getLocalPort() == port() && !PATHS.contains(path)) {
			response.setStatus(HttpStatus.NOT_FOUND.value());
		}
		else {
			chain.doFilter(request, response);
		}
	}

}
