package dev.udpprobe.linux;

/**
 * Error numbers of {@code <asm-generic/errno.h>}, as they are on x86-64 and aarch64.
 */
final class Errno {

	static final int EPERM = 1;

	static final int EINTR = 4;

	static final int EAGAIN = 11;

	static final int EACCES = 13;

	static final int EMSGSIZE = 90;

	static final int ENETUNREACH = 101;

	static final int ENOBUFS = 105;

	static final int ECONNREFUSED = 111;

	static final int EHOSTUNREACH = 113;

	private Errno() {}

	/**
	 * @return the words that {@code strerror(3)} has for it in English
	 */
	static String text(int errno) {
		return switch (errno) {
			case EPERM -> "Operation not permitted";
			case EACCES -> "Permission denied";
			case EMSGSIZE -> "Message too long";
			case ENETUNREACH -> "Network is unreachable";
			case ENOBUFS -> "No buffer space available";
			case ECONNREFUSED -> "Connection refused";
			case EHOSTUNREACH -> "No route to host";
			default -> "errno " + errno;
		};
	}

}
