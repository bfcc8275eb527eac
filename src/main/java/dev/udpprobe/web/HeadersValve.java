package dev.udpprobe.web;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;

import dev.udpprobe.access.TrustedProxies;

/**
 * Takes away the headers that no answer of this service needs, and which Tomcat, the framework or the JDK would keep for ever, compute
 * long about, or fail on. Those of proxies are among them; before, it notes who asks, and for whom. It comes before all others.
 */
final class HeadersValve extends ValveBase {

	private static final List<String> WITHOUT_USE = List.of("Accept-Language", "Range", "If-Range",
			"If-Modified-Since", "If-Unmodified-Since");

	/** Each list of codings would be kept. */
	private static final String CODINGS = "Accept-Encoding";

	/** The only coding that Tomcat compresses by. */
	private static final String CODING = "gzip";

	private static final String FORWARDED = "Forwarded";

	private static final String FORWARDED_FOR = "X-Forwarded-For";

	private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

	private static final List<String> OF_PROXIES = List.of(FORWARDED, FORWARDED_FOR, "X-Forwarded-Host",
			"X-Forwarded-Port", "X-Forwarded-Prefix", FORWARDED_PROTO, "X-Forwarded-Ssl", "X-Real-IP", "Via");

	private final List<String> removed;

	private final TrustedProxies proxies;

	/**
	 * @param keepForwarded whether something behind it reads what proxies say, and takes it away
	 * @param proxies that are believed
	 */
	HeadersValve(boolean keepForwarded, TrustedProxies proxies) {
		super(true);
		this.proxies = proxies;
		this.removed = keepForwarded
				? WITHOUT_USE
				: Stream.concat(WITHOUT_USE.stream(), OF_PROXIES.stream()).toList();
	}

	private void noteClient(Request request, MimeHeaders headers) {
		InetAddress peer = ClientAddress.peer(request);
		if (OF_PROXIES.stream().noneMatch((name) -> headers.getHeader(name) != null)) {
			ClientAddress.note(request, new ClientAddress(peer, true, request.isSecure()));
			return;
		}
		TrustedProxies.Said said = new TrustedProxies.Said(values(headers, FORWARDED_FOR),
				values(headers, FORWARDED_PROTO), values(headers, FORWARDED));
		boolean secure = this.proxies.isSecure(peer, said);
		ClientAddress.note(request, new ClientAddress(this.proxies.client(peer, said), false, secure));
		if (secure) {
			request.setSecure(true);
		}
	}

	private static List<String> values(MimeHeaders headers, String name) {
		return Collections.list(headers.values(name));
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
		noteClient(request, headers);
		this.removed.forEach(headers::removeHeader);
		String codings = headers.getHeader(CODINGS);
		if (codings != null) {
			headers.removeHeader(CODINGS);
			if (codings.toLowerCase(Locale.ROOT).contains(CODING)) {
				headers.setValue(CODINGS).setString(CODING);
			}
		}
		getNext().invoke(request, response);
	}

}
