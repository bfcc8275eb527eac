package dev.udpprobe.destination;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.HostAndPort;

/**
 * The configured targets and, where this process runs an echo server, that one too.
 */
public final class Targets {

	/**
	 * The name of the own echo server.
	 */
	public static final String ECHO = "echo";

	private final List<Target> configured;

	private final @Nullable Supplier<Target> echo;

	private final @Nullable String defaultTarget;

	/**
	 * @param echo the own echo server, asked anew each time because port 0 means one that is
	 * known only later; null if there is none
	 * @param defaultTarget what to send to where a request names no target, or null
	 */
	public Targets(List<Target> configured, @Nullable Supplier<Target> echo, @Nullable String defaultTarget) {
		this.configured = List.copyOf(configured);
		this.echo = echo;
		this.defaultTarget = defaultTarget;
	}

	/**
	 * @return the named targets, the own echo server first
	 */
	public List<Target> all() {
		return (this.echo == null)
				? this.configured
				: Stream.concat(Stream.of(this.echo.get()), this.configured.stream()).toList();
	}

	/**
	 * @return the names of {@link #all}, which are known before the echo server listens
	 */
	public List<String> names() {
		Stream<String> own = (this.echo == null) ? Stream.empty() : Stream.of(ECHO);
		return Stream.concat(own, this.configured.stream().map(Target::name)).toList();
	}

	/**
	 * @param text a configured name or host:port; null for the default target
	 * @throws BadRequestException if it is neither
	 */
	public Target find(@Nullable String text) {
		String wanted = (text != null) ? text : this.defaultTarget;
		if (wanted == null) {
			throw wrong("there is no default target, so the request must name one: ");
		}
		return all().stream().filter((target) -> target.name().equals(wanted)).findFirst()
				.orElseGet(() -> adHoc(wanted));
	}

	private Target adHoc(String text) {
		try {
			return Target.adHoc(HostAndPort.of(text));
		}
		catch (IllegalArgumentException ex) {
			throw wrong(ex.getMessage() + ". It takes ");
		}
	}

	private BadRequestException wrong(String reason) {
		List<String> names = names();
		return new BadRequestException("target",
				reason + (names.isEmpty() ? "" : "a configured name (" + String.join(", ", names) + ") or ")
						+ HostAndPort.TAKES);
	}

}
