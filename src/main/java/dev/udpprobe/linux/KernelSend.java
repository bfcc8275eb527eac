package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.DatagramChannel;

/**
 * Sends what the JDK does not.
 */
public final class KernelSend {

	private KernelSend() {}

	/**
	 * Sends an empty datagram, which the JDK (25) silently does not on a connected channel.
	 * @param channel connected; not to be closed meanwhile
	 * @return whether it left, or else the send buffer is full
	 */
	public static boolean empty(DatagramChannel channel) throws IOException {
		try (Arena arena = Arena.ofConfined()) {
			MemorySegment errno = arena.allocate(SystemCalls.ERRNO);
			if (SystemCalls.send(errno, Descriptor.of(channel), MemorySegment.NULL, SystemCalls.MSG_DONTWAIT) == 0) {
				return true;
			}
			if (Errno.EAGAIN.is(SystemCalls.errno(errno))) {
				return false;
			}
			throw Errno.exception(SystemCalls.errno(errno));
		}
	}

}
