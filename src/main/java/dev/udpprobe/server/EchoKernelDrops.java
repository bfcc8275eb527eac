package dev.udpprobe.server;

/**
 * Tells how many datagrams the kernel dropped before the echo server could read them.
 */
@FunctionalInterface
public interface EchoKernelDrops {

	/**
	 * @return since the start; 0 where the system does not tell
	 */
	long kernelDrops();

}
