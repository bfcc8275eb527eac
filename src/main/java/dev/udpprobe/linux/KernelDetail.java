package dev.udpprobe.linux;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.ErrorText;

/**
 * What this process may learn from the kernel beyond what the JDK tells.
 *
 * @param noErrors why ICMP errors cannot be read in detail, or null if they can
 * @param noTimes why datagrams have no times by the kernel's clock, or null if they have
 */
public record KernelDetail(@Nullable String noErrors, @Nullable String noTimes) {

	/**
	 * Tries it out.
	 */
	public static KernelDetail find() {
		String reason = noAccess();
		if (reason != null) {
			return none(reason);
		}
		try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
			KernelDetail detail = new KernelDetail(failure(() -> SocketOptions.reportErrors(channel, false)),
					failure(() -> SocketOptions.timestamp(channel)));
			String unreadable = failure(() -> DatagramReader.tryOut(channel));
			return (unreadable == null) ? detail : none(unreadable);
		}
		catch (IOException ex) {
			return none("no socket can be opened: " + ErrorText.of(ex));
		}
	}

	/**
	 * @return as if nothing could be learnt
	 */
	public static KernelDetail none(String reason) {
		return new KernelDetail(reason, reason);
	}

	/**
	 * Whether ICMP errors can be read with type, code, reporter and quotation.
	 */
	public boolean errors() {
		return this.noErrors == null;
	}

	/**
	 * Whether datagrams have times of leaving and arrival by the kernel's clock.
	 */
	public boolean times() {
		return this.noTimes == null;
	}

	/**
	 * Whether there is any of it.
	 */
	public boolean any() {
		return errors() || times();
	}

	/**
	 * @return why the system's functions cannot be called for a channel, or null if they can
	 */
	static @Nullable String noAccess() {
		String reason = noCalls();
		if (reason == null && !Descriptor.accessible()) {
			return "the JVM was started without --add-opens=java.base/sun.nio.ch=ALL-UNNAMED";
		}
		return reason;
	}

	/**
	 * @return why the system's functions cannot be called at all, or null if they can
	 */
	static @Nullable String noCalls() {
		String system = System.getProperty("os.name");
		String processor = System.getProperty("os.arch");
		if (!system.equals("Linux")) {
			return "it takes Linux, and this is " + system;
		}
		if (!processor.equals("amd64") && !processor.equals("aarch64")) {
			return "it takes an x86-64 or aarch64 processor, and this is " + processor;
		}
		if (!KernelDetail.class.getModule().isNativeAccessEnabled()) {
			return "the JVM was started without --enable-native-access=ALL-UNNAMED";
		}
		try {
			SystemCalls.strerror(Errno.EPERM.number());
			return null;
		}
		catch (LinkageError ex) {
			return "this JVM cannot call the system's functions: " + ex.getCause();
		}
	}

	private interface Attempt {
		void run() throws IOException;
	}

	private static @Nullable String failure(Attempt attempt) {
		try {
			attempt.run();
			return null;
		}
		catch (IOException ex) {
			return ErrorText.of(ex);
		}
	}

}
