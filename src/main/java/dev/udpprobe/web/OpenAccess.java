package dev.udpprobe.web;

import java.net.InetAddress;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;

import dev.udpprobe.access.AccessSettings;

/**
 * Warns at the start where whoever reaches the HTTP port may send, because nothing says otherwise; or stops it.
 */
final class OpenAccess {

	private static final Log logger = LogFactory.getLog(OpenAccess.class);

	private static final String WARNING = "whoever reaches the HTTP port may look and send to the allowed targets; docs/security.md says how to change that (udp-probe.security.account-files), or listen on this host alone (server.address=127.0.0.1)";

	/**
	 * Nothing says who may.
	 */
	static final class NotConfiguredException extends RuntimeException {

		private NotConfiguredException() {
			super("udp-probe.security.required is true, and nothing says who may look, ask and manage.");
		}

	}

	/**
	 * @throws NotConfiguredException if it has to be configured
	 */
	OpenAccess(AccessSettings settings, ServerProperties server, Environment environment) {
		boolean management = ManagementPortType.get(environment) == ManagementPortType.DIFFERENT;
		boolean local = isLoopback(server.getAddress()) && (!management
				|| isLoopback(environment.getProperty("management.server.address", InetAddress.class)));
		if (settings.isConfigured() || local) {
			return;
		}
		if (settings.isRequired()) {
			throw new NotConfiguredException();
		}
		logger.warn(WARNING);
	}

	private static boolean isLoopback(@Nullable InetAddress address) {
		return address != null && address.isLoopbackAddress();
	}

}
