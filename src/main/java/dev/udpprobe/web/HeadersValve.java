package dev.udpprobe.web;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;

/**
 * Takes away the headers that no answer of this service needs, and which Tomcat, the framework or
 * the JDK would keep for ever, compute long about, or fail on. Before all others that read them.
 */
final class HeadersValve extends ValveBase {

	private static final List<String> WITHOUT_USE = List.of("Accept-Language", "Range", "If-Range",
			"If-Modified-Since", "If-Unmodified-Since");

	/** Each list of codings would be kept. */
	private static final String CODINGS = "Accept-Encoding";

	/** The only coding that Tomcat compresses by. */
	private static final String CODING = "gzip";

	private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host",
			"X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Proto", "X-Forwarded-Ssl");

	private final List<String> removed;

	/**
	 * @param keepForwarded whether something behind it reads what proxies say, and takes it away
	 */
	HeadersValve(boolean keepForwarded) {
		super(true);
		this.removed = keepForwarded
				? WITHOUT_USE
				: Stream.concat(WITHOUT_USE.stream(), FORWARDED.stream()).toList();
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
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
