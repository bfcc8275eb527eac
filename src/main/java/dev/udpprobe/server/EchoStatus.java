package dev.udpprobe.server;

/**
 * What the echo server tells of itself. There is none where it is disabled. For any thread.
 */
public interface EchoStatus {

	/**
	 * @return the port that it listens on, which is known only once it listens if any would do
	 */
	int port();

	/**
	 * Whether all its sockets receive, on addresses that still are addresses of this host.
	 */
	boolean isListening();

	/**
	 * @return datagrams that the kernel dropped before they could be read, since the start; 0
	 * where the system does not tell
	 */
	long kernelDrops();

}
