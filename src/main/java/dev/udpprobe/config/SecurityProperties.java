package dev.udpprobe.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.udpprobe.access.AccessSettings;
import dev.udpprobe.access.Right;

/**
 * Who may see, ask and manage.
 *
 * <p>
 * An entry of a list is an array, which the binder leaves empty where the entry is empty.
 *
 * @param accountFiles YAML files of accounts, with hashed tokens and passwords, which are read again when they change: paths, whose
 * last part may have * and ?.
 * @param everybody What everybody may do without an account: a list of view, ask and manage. If it is not set: nothing if there are
 * account files; and without any, view and ask, and manage from loopback.
 * @param openMetrics Whether everybody may read the metrics, even without the right to view.
 * @param requestsPerSecond How many requests that send datagrams one account may begin in a second, or one address (the first 64 bits
 * of one of IPv6) where there is no account: 1 to 1000000, or 0 for no limit. Each line of an interactive client counts as one.
 * @param requestsAtOnce How many of them may be under way at once: 1 to 1000000, or 0 for no limit.
 * @param required Whether the service refuses to start as long as neither account-files nor everybody is set, unless it listens on
 * loopback alone.
 */
record SecurityProperties(@DefaultValue List<String> accountFiles, @Nullable List<Right[]> everybody,
		@DefaultValue("false") boolean openMetrics, @DefaultValue("0") int requestsPerSecond,
		@DefaultValue("0") int requestsAtOnce, @DefaultValue("false") boolean required) {

	private static final int MAX_REQUESTS = 1_000_000;

	SecurityProperties {
		Check.range("udp-probe.security.requests-per-second", requestsPerSecond, 0, MAX_REQUESTS);
		Check.range("udp-probe.security.requests-at-once", requestsAtOnce, 0, MAX_REQUESTS);
	}

	AccessSettings settings() {
		return new AccessSettings(!this.accountFiles.isEmpty(), rights(), this.openMetrics, this.required);
	}

	private @Nullable Set<Right> rights() {
		return (this.everybody != null)
				? this.everybody.stream().flatMap(Stream::of).collect(Collectors.toUnmodifiableSet())
				: null;
	}

}
