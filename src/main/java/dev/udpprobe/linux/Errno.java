package dev.udpprobe.linux;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Errors that the calls of a UDP socket give, with their numbers in {@code <asm-generic/errno.h>}
 * and {@code <asm-generic/errno-base.h>}, which are the same on x86-64 and aarch64.
 */
public enum Errno {

	EPERM(1, "Operation not permitted"),

	EINTR(4, "Interrupted system call"),

	EAGAIN(11, "Resource temporarily unavailable"),

	ENOMEM(12, "Cannot allocate memory"),

	EACCES(13, "Permission denied"),

	EINVAL(22, "Invalid argument"),

	ENFILE(23, "Too many open files in system"),

	EMFILE(24, "Too many open files"),

	ENONET(64, "Machine is not on the network"),

	EPROTO(71, "Protocol error"),

	EMSGSIZE(90, "Message too long"),

	ENOPROTOOPT(92, "Protocol not available"),

	EOPNOTSUPP(95, "Operation not supported"),

	EAFNOSUPPORT(97, "Address family not supported by protocol"),

	EADDRINUSE(98, "Address already in use"),

	EADDRNOTAVAIL(99, "Cannot assign requested address"),

	ENETDOWN(100, "Network is down"),

	ENETUNREACH(101, "Network is unreachable"),

	ECONNABORTED(103, "Software caused connection abort"),

	ENOBUFS(105, "No buffer space available"),

	ECONNREFUSED(111, "Connection refused"),

	EHOSTDOWN(112, "Host is down"),

	EHOSTUNREACH(113, "No route to host");

	/**
	 * What {@code icmp_err_convert} of the kernel's {@code net/ipv4/icmp.c} makes of ICMP errors,
	 * and {@code udp_err} of {@code net/ipv4/udp.c} of a parameter problem.
	 */
	private static final Set<Errno> OF_ICMP = Set.of(ENETUNREACH, EHOSTUNREACH, ENOPROTOOPT,
			ECONNREFUSED, EMSGSIZE, EOPNOTSUPP, EHOSTDOWN, ENONET, EPROTO);

	/**
	 * What {@code icmpv6_err_convert} of {@code net/ipv6/icmp.c} makes of ICMPv6 errors.
	 */
	private static final Set<Errno> OF_ICMPV6 = Set.of(ENETUNREACH, EACCES, EHOSTUNREACH,
			ECONNREFUSED, EPROTO, EMSGSIZE);

	private final int number;

	private final String english;

	Errno(int number, String english) {
		this.number = number;
		this.english = english;
	}

	int number() {
		return this.number;
	}

	boolean is(int errno) {
		return errno == this.number;
	}

	/**
	 * Whether it is one that ICMP can cause, which does not mean that it did.
	 */
	public boolean isOfIcmp(boolean ipv6) {
		return (ipv6 ? OF_ICMPV6 : OF_ICMP).contains(this);
	}

	/**
	 * The same of either family, by its number.
	 */
	static boolean isOfIcmp(int errno) {
		return Arrays.stream(values())
				.anyMatch((known) -> known.is(errno) && (known.isOfIcmp(false) || known.isOfIcmp(true)));
	}

	/**
	 * @return the words that {@code strerror(3)} of glibc has for it in English
	 */
	static String text(int errno) {
		return Arrays.stream(values())
				.filter((known) -> known.is(errno))
				.map((known) -> known.english)
				.findFirst()
				.orElse("errno " + errno);
	}

	/**
	 * @return as the JDK has it, an exception of its own for a refusal, and the words for others
	 */
	static IOException exception(int errno) {
		String text = text(errno);
		return ECONNREFUSED.is(errno) ? new PortUnreachableException(text) : new IOException(text);
	}

	/**
	 * Finds the error behind an exception, of which the kind tells it or else the words: in
	 * English if it is of this package, in the language of the process if the JDK made it.
	 * That language is known only where the system's functions can be called.
	 * @return null if it is none of these
	 */
	public static @Nullable Errno of(IOException ex) {
		return switch (ex) {
			case PortUnreachableException _ -> ECONNREFUSED;
			case NoRouteToHostException _ -> EHOSTUNREACH;
			default -> of(String.valueOf(ex.getMessage()));
		};
	}

	private static @Nullable Errno of(String message) {
		Errno errno = of(message, (known) -> known.english);
		return (errno != null) ? errno : of(message, OfTheSystem.WORDS::get);
	}

	/**
	 * What {@code strerror(3)} says, asked for once; nothing where it cannot be called.
	 */
	private static final class OfTheSystem {

		private static final Map<Errno, String> WORDS = (KernelDetail.noCalls() == null)
				? Arrays.stream(values())
						.collect(Collectors.toUnmodifiableMap((known) -> known,
								(known) -> SystemCalls.strerror(known.number)))
				: Map.of();

	}

	/**
	 * @param message the words, behind which the JDK may have put more in parentheses
	 */
	static @Nullable Errno of(String message, Function<Errno, @Nullable String> words) {
		for (Errno known : values()) {
			String said = words.apply(known);
			if (said != null && (message + " (").startsWith(said + " (")) {
				return known;
			}
		}
		return null;
	}

}
