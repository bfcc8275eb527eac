package dev.udpprobe.echo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends numbers from 0 on, and keeps those that the echo server answers, in the order in which
 * they come.
 */
final class NumberedClient implements AutoCloseable {

	private static final int TIME_OUT_MILLIS = 200;

	/** For the first reply: the portable transport loses what comes while it connects. */
	private static final int CONNECT_MILLIS = 10_000;

	private final DatagramSocket socket = new DatagramSocket();

	private final List<Integer> answered = new ArrayList<>();

	private int sent;

	/**
	 * Hears only what comes from where it sends to.
	 */
	NumberedClient(InetAddress address, int port) throws IOException {
		this.socket.connect(new InetSocketAddress(address, port));
	}

	int sent() {
		return this.sent;
	}

	/**
	 * @return the numbers so far, each before those that came later
	 */
	List<Integer> answered() {
		return List.copyOf(this.answered);
	}

	void send() throws IOException {
		byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(this.sent++).array();
		this.socket.send(new DatagramPacket(number, number.length));
	}

	void send(String text) throws IOException {
		this.socket.send(new DatagramPacket(EchoFixture.bytes(text), text.length()));
	}

	/**
	 * @return whether something came before the time-out
	 */
	private boolean receive() throws IOException {
		DatagramPacket datagram = new DatagramPacket(new byte[64], 64);
		try {
			this.socket.receive(datagram);
		}
		catch (SocketTimeoutException _) {
			return false;
		}
		assertThat(datagram.getLength()).isEqualTo("Hi, ".length() + Integer.BYTES);
		this.answered.add(ByteBuffer.wrap(datagram.getData()).getInt("Hi, ".length()));
		return true;
	}

	/**
	 * @return whether something came in time
	 */
	boolean receive(int millis) throws IOException {
		this.socket.setSoTimeout(millis);
		return receive();
	}

	/**
	 * Sends whenever fewer than the window are in flight. After a time-out none is.
	 */
	void window(int size, int datagrams) throws IOException {
		int inFlight = 0;
		for (int left = datagrams; left > 0 || inFlight > 0;) {
			for (; left > 0 && inFlight < size; left--, inFlight++) {
				send();
			}
			boolean received = receive(this.answered.isEmpty() ? CONNECT_MILLIS : TIME_OUT_MILLIS);
			inFlight = received ? inFlight - 1 : 0;
		}
	}

	/**
	 * Sends the next one when nothing has come for so long, whatever is in flight.
	 */
	void pace(int millis, int datagrams) throws IOException {
		this.socket.setSoTimeout(millis);
		for (int i = 0; i < datagrams; i++) {
			send();
			receiveAll();
		}
		this.socket.setSoTimeout(TIME_OUT_MILLIS);
		receiveAll();
	}

	private void receiveAll() throws IOException {
		boolean more = true;
		while (more) {
			more = receive();
		}
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
