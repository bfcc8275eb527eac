package dev.udpprobe.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a port of loopback, which a test can have refuse, be silent, and come back.
 */
final class Server implements AutoCloseable {

	/** After so many milliseconds without a datagram, it looks whether it is to do something else. */
	private static final int LOOK_MILLIS = 5;

	enum Mode {

		ECHO, SILENT,

		/** The socket is connected to itself, so that the kernel finds none for others. */
		REFUSE

	}

	private final DatagramSocket socket;

	private final AtomicInteger received = new AtomicInteger();

	private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

	private volatile Mode wanted = Mode.ECHO;

	private volatile Mode mode = Mode.ECHO;

	Server() {
		this("127.0.0.1", 0);
	}

	Server(String address, int port) {
		try {
			this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), port));
			this.socket.setSoTimeout(LOOK_MILLIS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread.ofPlatform().daemon().name("test-server").start(this::run);
	}

	private void run() {
		DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
		while (!this.socket.isClosed()) {
			try {
				become(this.wanted);
				this.socket.receive(packet);
				this.ports.add(packet.getPort());
				this.received.incrementAndGet();
				if (this.mode == Mode.ECHO) {
					this.socket.send(packet);
				}
			}
			catch (SocketTimeoutException _) {
				// Nothing came.
			}
			catch (IOException _) {
				// Closed, or somebody did not wait.
			}
			packet.setLength(1 << 16);
		}
	}

	private void become(Mode next) {
		if (next == Mode.REFUSE && this.mode != Mode.REFUSE) {
			this.socket.connect(this.socket.getLocalAddress(), this.socket.getLocalPort());
		}
		if (next != Mode.REFUSE && this.mode == Mode.REFUSE) {
			this.socket.disconnect();
		}
		this.mode = next;
	}

	/**
	 * Waits until it does that.
	 */
	void turn(Mode next) {
		this.wanted = next;
		while (this.mode != next) {
			Thread.onSpinWait();
		}
	}

	int received() {
		return this.received.get();
	}

	/**
	 * @return from which ports it was asked
	 */
	Set<Integer> ports() {
		return this.ports;
	}

	int port() {
		return this.socket.getLocalPort();
	}

	String address() {
		return "127.0.0.1:" + port();
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
