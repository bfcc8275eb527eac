package dev.udpprobe.web;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request without the headers that no answer of this service needs, and which the framework
 * would keep for ever, compute long about, or fail on.
 */
final class PlainRequest extends HttpServletRequestWrapper {

	private static final Set<String> HIDDEN = Set.of("accept-encoding", "range", "if-range", "if-modified-since",
			"if-unmodified-since", "forwarded");

	private static final String HIDDEN_PREFIX = "x-forwarded-";

	PlainRequest(HttpServletRequest request) {
		super(request);
	}

	private static boolean isHidden(String name) {
		String lowerCase = name.toLowerCase(Locale.ROOT);
		return HIDDEN.contains(lowerCase) || lowerCase.startsWith(HIDDEN_PREFIX);
	}

	@Override
	public @Nullable String getHeader(String name) {
		return isHidden(name) ? null : super.getHeader(name);
	}

	@Override
	public Enumeration<String> getHeaders(String name) {
		return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
	}

	@Override
	public Enumeration<String> getHeaderNames() {
		List<String> names = Collections.list(super.getHeaderNames());
		names.removeIf(PlainRequest::isHidden);
		return Collections.enumeration(names);
	}

	@Override
	public long getDateHeader(String name) {
		return isHidden(name) ? -1 : super.getDateHeader(name);
	}

	@Override
	public int getIntHeader(String name) {
		return isHidden(name) ? -1 : super.getIntHeader(name);
	}

}
