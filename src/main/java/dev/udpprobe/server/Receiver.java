package dev.udpprobe.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * One socket of the echo server, with the loop that receives from it, takes what came
 * through the flow to its replies, and only then receives again. Nothing queues up but in
 * the kernel.
 */
interface Receiver extends Closeable {

	/**
	 * Opens a socket and binds it; whatever fails, nothing stays open.
	 */
	interface Opener {

		/**
		 * @param sharePort whether other sockets of this process have the address, too
		 * @param flow answers datagrams before it returns
		 * @throws EchoBindException if the address is not available
		 */
		Receiver open(InetSocketAddress address, boolean sharePort, Consumer<EchoMessage> flow) throws IOException;

	}

	/**
	 * Lets further sockets of this process have the address, too.
	 */
	void sharePort() throws IOException;

	/**
	 * @return where it listens, with the port that was taken where any would do
	 */
	InetSocketAddress address();

	/**
	 * Receives until stopped, and then answers what the kernel has queued.
	 * @throws IOException if the socket is of no more use
	 */
	void run() throws IOException;

	/**
	 * Makes {@link #run} return soon. For any thread.
	 */
	void stop();

	/**
	 * @return datagrams that the kernel dropped instead of queueing them for this socket; 0
	 * where it cannot be asked about a socket. For any thread
	 */
	long kernelDrops();

	/**
	 * Closes the socket; for whoever has waited for {@link #run} to return.
	 */
	@Override
	void close();

}
